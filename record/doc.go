// Package record holds the words that every stage shares: what was captured,
// what was read, what was claimed, what follows from it. It depends on the
// standard library only and does no I/O.
//
// Conventions that hold everywhere in the project:
//   - Offsets are byte offsets into the UTF-8 text of the article, half open:
//     text[Start:End].
//   - Codes are lower-case English words; the empty string means "not said" or
//     "all". The code lists are the typed constants of this package.
//   - Numbers that were printed are exact decimals, never floats.
//   - Dates are civil dates of Vietnam (UTC+07:00); periods are half open.
package record
