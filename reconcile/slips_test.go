package reconcile

import (
	"testing"

	"ocopstat/record"
)

func TestTypoBetween(t *testing.T) {
	for _, tc := range []struct {
		printed, meant int64
		want           record.RemarkCode
	}{
		{157, 175, record.DigitsSwapped}, {715, 175, record.DigitsSwapped}, {571, 175, ""}, {17, 175, record.DigitDropped},
		{1755, 175, record.DigitAdded}, {1075, 175, record.DigitAdded}, {176, 175, record.DigitReplaced}, {186, 175, ""},
		{-175, 175, record.SignLost}, {175, 175, ""}, {5, -175, ""}, {2175, 175, record.DigitAdded},
	} {
		if got := typoBetween(tc.printed, tc.meant); got != tc.want {
			t.Errorf("%d for %d: %q, want %q", tc.printed, tc.meant, got, tc.want)
		}
	}
}
