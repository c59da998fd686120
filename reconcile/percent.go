package reconcile

import (
	"math/big"

	"ocopstat/record"
)

// A printed percentage p with d decimals and unit u = 10^-d says of the true
// share s:
//
//	rounded:   p − u/2 ≤ s ≤ p + u/2   (a half may go either way)
//	truncated: p ≤ s < p + u
//
// All bounds below are exact: shares are compared as integers over a common
// denominator.

// shares reports under which shortening part/whole prints as p.
func shares(part, whole int64, p record.Decimal) record.Rounding {
	if whole <= 0 || part < 0 {
		return record.RoundingNone
	}
	// s·u⁻¹ = 100·part·10^d / whole, against p·u⁻¹ = Coef
	num := new(big.Int).Mul(big.NewInt(part), big.NewInt(100*pow10(p.Scale)))
	w := big.NewInt(whole)
	base := new(big.Int).Mul(big.NewInt(p.Coef), w)
	diff := new(big.Int).Sub(num, base) // (s − p)·whole/u
	truncated := diff.Sign() >= 0 && diff.Cmp(w) < 0
	twice := diff.Lsh(diff, 1)
	rounded := twice.CmpAbs(w) <= 0
	switch {
	case rounded && truncated:
		return record.RoundingBoth
	case rounded:
		return record.Rounded
	case truncated:
		return record.Truncated
	}
	return record.RoundingNone
}

// sumSays tells from the sum of all k shares of a whole whether the shares
// were rounded or truncated: |100 − sum| ≤ k·u/2 when rounded and
// 0 ≤ 100 − sum < k·u when truncated. RoundingNone: neither, so the shares are
// not all of the whole or one is wrong.
func sumSays(ps []record.Decimal) record.Rounding {
	var scale uint8
	for _, p := range ps {
		scale = max(scale, p.Scale)
	}
	var sum, slackRounded, slackTruncated int64 // in units of 10^-scale, the slacks doubled
	for _, p := range ps {
		unit := pow10(scale - p.Scale)
		sum += p.Coef * unit
		slackRounded += unit
		slackTruncated += 2 * unit
	}
	miss := 2 * (100*pow10(scale) - sum)
	rounded := max(miss, -miss) <= slackRounded
	truncated := miss >= 0 && miss < slackTruncated
	switch {
	case rounded && truncated:
		return record.RoundingBoth
	case rounded:
		return record.Rounded
	case truncated:
		return record.Truncated
	}
	return record.RoundingNone
}

func pow10(n uint8) int64 {
	p := int64(1)
	for ; n > 0; n-- {
		p *= 10
	}
	return p
}
