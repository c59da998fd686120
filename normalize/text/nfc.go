package text

import "golang.org/x/text/unicode/norm"

// NFC composes letters and their marks. It is for text that is being decoded
// from a legacy charset, and for comparing; the text of an article is never
// rewritten after it has been read.
func NFC(s string) string { return norm.NFC.String(s) }
