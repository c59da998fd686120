package record

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Decimal is an exact decimal number, Coef × 10^-Scale. Scale is the number of
// decimals as printed, so 38.80 (3880, 2) and 38.8 (388, 1) are equal in value
// and differ in what they promise. The zero value is 0 without decimals.
type Decimal struct {
	Coef  int64
	Scale uint8 // printed decimals, 0 to MaxScale
}

// MaxScale is the largest number of decimals a Decimal can carry.
const MaxScale = 9

// ErrDecimal reports text that is not a decimal number in Go notation
// ("1234", "-3.50"), or one too large or too fine for Decimal.
var ErrDecimal = errors.New("not a decimal number within ±9.2e18 and 9 decimals")

// Int returns the whole number n.
func Int(n int64) Decimal { return Decimal{Coef: n} }

// ParseDecimal reads a number in Go notation, a point before the decimals and
// no thousands separators. Vietnamese notation is the work of normalize/number.
func ParseDecimal(s string) (Decimal, error) {
	whole, frac, _ := strings.Cut(s, ".")
	if len(frac) > MaxScale || (frac == "" && strings.Contains(s, ".")) {
		return Decimal{}, fmt.Errorf("%q: %w", s, ErrDecimal)
	}
	coef, err := strconv.ParseInt(whole+frac, 10, 64)
	if err != nil || strings.ContainsAny(frac, "+-") {
		return Decimal{}, fmt.Errorf("%q: %w", s, ErrDecimal)
	}
	return Decimal{Coef: coef, Scale: uint8(len(frac))}, nil
}

// String prints the number in Go notation with its printed decimals: "38.80".
func (d Decimal) String() string {
	if d.Scale == 0 {
		return strconv.FormatInt(d.Coef, 10)
	}
	digits := strconv.FormatUint(magnitude(d.Coef), 10)
	if pad := int(d.Scale) + 1 - len(digits); pad > 0 {
		digits = strings.Repeat("0", pad) + digits
	}
	cut := len(digits) - int(d.Scale)
	sign := ""
	if d.Coef < 0 {
		sign = "-"
	}
	return sign + digits[:cut] + "." + digits[cut:]
}

// Float returns the nearest float64; it is exact for whole numbers up to 2^53.
func (d Decimal) Float() float64 {
	return float64(d.Coef) / math.Pow10(int(d.Scale))
}

// IsWhole reports whether the value has no fractional part, as in 3 or 3.00.
func (d Decimal) IsWhole() bool {
	_, ok := d.Whole()
	return ok
}

// Whole returns the value as an integer when it has no fractional part.
func (d Decimal) Whole() (int64, bool) {
	n := d.Trim()
	return n.Coef, n.Scale == 0
}

// Equal reports whether two numbers have the same value, whatever their
// printed decimals.
func (d Decimal) Equal(e Decimal) bool { return d.Trim() == e.Trim() }

// Cmp compares two values: -1, 0 or +1.
func (d Decimal) Cmp(e Decimal) int {
	dw, df := d.split()
	ew, ef := e.split()
	switch {
	case dw != ew:
		return sign(dw < ew)
	case df != ef:
		return sign(df < ef)
	}
	return 0
}

// split returns the floor of the value and the rest in units of 10^-MaxScale.
func (d Decimal) split() (whole, rest int64) {
	unit := pow10(d.Scale)
	whole, rest = d.Coef/unit, d.Coef%unit
	if rest < 0 {
		whole, rest = whole-1, rest+unit
	}
	return whole, rest * pow10(MaxScale-d.Scale)
}

// Trim is the number without zeros behind its last decimal.
func (d Decimal) Trim() Decimal {
	for d.Scale > 0 && d.Coef%10 == 0 {
		d.Coef, d.Scale = d.Coef/10, d.Scale-1
	}
	return d
}

// MarshalJSON writes the number itself, with its printed decimals.
func (d Decimal) MarshalJSON() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalJSON reads a JSON number without exponent.
func (d *Decimal) UnmarshalJSON(b []byte) error {
	v, err := ParseDecimal(string(b))
	if err != nil {
		return err
	}
	*d = v
	return nil
}

func pow10(n uint8) int64 {
	p := int64(1)
	for ; n > 0; n-- {
		p *= 10
	}
	return p
}

func magnitude(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}

func sign(less bool) int {
	if less {
		return -1
	}
	return 1
}
