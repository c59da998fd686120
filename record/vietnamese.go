package record

import (
	"slices"
	"strings"
)

// VI prints a number as Vietnamese readers write it: "1.234,5", "−3".
func (d Decimal) VI() string {
	whole, frac, _ := strings.Cut(d.String(), ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "−", whole[1:]
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "." + whole[i:]
	}
	if frac != "" {
		frac = "," + frac
	}
	return sign + whole + frac
}

// VI prints a date as Vietnamese readers write it, "31/12/2022", "" for NoDate.
func (d Date) VI() string {
	if !d.Known() {
		return ""
	}
	return d.Time().Format("02/01/2006")
}

// VI prints a period as Vietnamese readers write it: "2023", "12/2022",
// "31/12/2022", "2021–2025", "01/2023–10/2023".
func (p Period) VI() string {
	from, to, two := strings.Cut(p.String(), "/")
	turn := func(iso string) string {
		parts := strings.Split(iso, "-")
		slices.Reverse(parts)
		return strings.Join(parts, "/")
	}
	if two {
		return turn(from) + "–" + turn(to)
	}
	return turn(from)
}
