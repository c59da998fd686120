package reconcile

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"strconv"
	"strings"

	"ocopstat/record"
)

// Numbers in expressions are written as in Vietnamese: a comma before the
// decimals, no thousands separators.

func num(n int64) string { return strconv.FormatInt(n, 10) }

func dec(d record.Decimal) string { return strings.Replace(d.String(), ".", ",", 1) }

func pct(d record.Decimal) string { return dec(d) + " %" }

func join(terms []string, op string) string { return strings.Join(terms, " "+op+" ") }

func pow10(n uint8) int64 {
	p := int64(1)
	for ; n > 0; n-- {
		p *= 10
	}
	return p
}

const unit = "\x1f" // the unit separator of ASCII

// digest names a thing by what it is: the first 8 bytes of the SHA-256 of its
// parts.
func digest(parts ...string) uint64 {
	var room [256]byte
	text := room[:0]
	for i, p := range parts {
		if i > 0 {
			text = append(text, unit...)
		}
		text = append(text, p...)
	}
	sum := sha256.Sum256(text)
	return binary.BigEndian.Uint64(sum[:])
}

// hexOf writes a digest, and digestOf reads the one that a text begins with.
func hexOf(id uint64) string {
	var room [8]byte
	binary.BigEndian.PutUint64(room[:], id)
	return hex.EncodeToString(room[:])
}

func digestOf(text string) (id uint64, ok bool) {
	id, err := strconv.ParseUint(text[:min(16, len(text))], 16, 64)
	return id, err == nil
}

// placeKey is what identifies a place in a digest.
func placeKey(p record.Place) string {
	return strings.Join([]string{string(p.Level), p.Code, string(p.Vintage), p.Path()}, unit)
}

// set is some of at most blameItems items.
type set uint16

func (x set) has(i int) bool { return x>>i&1 == 1 }

// try is a set of items to doubt, and its price.
type try struct {
	weight  int64
	doubted set
}
