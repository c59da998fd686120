package reconcile

import (
	"strconv"

	"ocopstat/record"
)

// Simple typing errors, after Scholtus (2009), "Automatic detection of simple
// typing errors in numerical data with balance edits", Statistics Netherlands
// 09046: two neighbouring digits swapped, one digit added, left out or replaced.
// Positions count from the right, the last digit is 0.

// swapDigits exchanges the digits at positions k and k+1.
func swapDigits(digits string, k int) string {
	i := len(digits) - 1 - k
	if i < 1 || i >= len(digits) {
		return digits
	}
	return digits[:i-1] + digits[i:i+1] + digits[i-1:i] + digits[i+1:]
}

// omitDigit leaves out the digit at position k.
func omitDigit(digits string, k int) string {
	i := len(digits) - 1 - k
	if i < 0 || i >= len(digits) {
		return digits
	}
	return digits[:i] + digits[i+1:]
}

// replaceDigit writes another digit at position k.
func replaceDigit(digits string, k int, d byte) string {
	i := len(digits) - 1 - k
	if i < 0 || i >= len(digits) {
		return digits
	}
	return digits[:i] + string(d) + digits[i+1:]
}

// typoBetween names the one typing error between two different whole numbers,
// "" when they are further apart. A lost minus sign is one too.
func typoBetween(a, b int64) record.RemarkCode {
	s, t := strconv.FormatInt(a, 10), strconv.FormatInt(b, 10)
	if s == t {
		return ""
	}
	if a == -b {
		return record.SignLost
	}
	if (a < 0) != (b < 0) {
		return ""
	}
	for k := range len(t) {
		switch {
		case len(s) == len(t) && swapDigits(t, k) == s:
			return record.DigitsSwapped
		case len(s) == len(t) && replaceDigit(t, k, s[len(s)-1-k]) == s:
			return record.DigitReplaced
		case len(s) == len(t)-1 && omitDigit(t, k) == s:
			return record.DigitDropped
		case len(s) == len(t)+1 && omitDigit(s, k) == t:
			return record.DigitAdded
		}
	}
	if len(s) == len(t)+1 && omitDigit(s, len(t)) == t {
		return record.DigitAdded
	}
	return ""
}
