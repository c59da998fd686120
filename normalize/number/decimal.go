package number

import (
	"math"

	"ocopstat/record"
)

// times multiplies by a whole number, using up decimals where it can. It
// reports false when the product is too large.
func times(v record.Decimal, by int64) (record.Decimal, bool) {
	for v.Scale > 0 && by%10 == 0 {
		v.Scale--
		by /= 10
	}
	if by > 1 && (v.Coef > math.MaxInt64/by || v.Coef < -math.MaxInt64/by) {
		return record.Decimal{}, false
	}
	v.Coef *= by
	return v, true
}

// add adds two numbers that are not negative. It reports false when the sum is
// too large.
func add(a, b record.Decimal) (record.Decimal, bool) {
	for a.Scale < b.Scale {
		if a.Coef > math.MaxInt64/10 {
			return record.Decimal{}, false
		}
		a = record.Decimal{Coef: a.Coef * 10, Scale: a.Scale + 1}
	}
	for b.Scale < a.Scale {
		if b.Coef > math.MaxInt64/10 {
			return record.Decimal{}, false
		}
		b = record.Decimal{Coef: b.Coef * 10, Scale: b.Scale + 1}
	}
	if a.Coef > math.MaxInt64-b.Coef {
		return record.Decimal{}, false
	}
	return record.Decimal{Coef: a.Coef + b.Coef, Scale: a.Scale}, true
}
