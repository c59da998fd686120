package article

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"ocopstat/record"
)

// stamps are the layouts of machine-readable times, those that carry a zone and
// those that do not and mean +07:00; days are those of dates.
var (
	stamps = []string{time.RFC3339, "2006-01-02T15:04:05Z0700", "2006-01-02T15:04Z07:00", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 Z07:00", "2006-01-02 15:04:05 Z0700", "2006-01-02T15:04:05 Z07:00",
		"2006-01-02T15:04:05 Z0700", time.RFC1123Z, time.RFC1123, "Mon, 2 Jan 2006 15:04:05 -0700", time.RFC850,
		"2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04", "2006-01-02 15:04",
		"1/2/2006 3:04:05 PM", "20060102150405", "20060102T150405", "Mon Jan 2 15:04:05 2006", "January 2, 2006 15:04:05", "January 2, 2006 3:04 pm"}
	days = []string{"2006-01-02", "2006/01/02", "20060102", "January 2, 2006", "Jan 2, 2006", "2 January 2006", "2 Jan 2006"}
)

// parseStamp reads a machine-readable date, as in <meta>, JSON-LD or <time>.
// Without a zone it is Vietnamese time. The printed Vietnamese forms are read
// too, because sites put them there.
func parseStamp(s string) (record.Published, bool) {
	s = strings.TrimSpace(s)
	if len(s) < 8 || len(s) > 64 {
		return record.Published{}, false
	}
	for _, layout := range stamps {
		if t, err := time.ParseInLocation(layout, s, record.Vietnam); err == nil {
			return plausible(record.PublishedAt(t))
		}
	}
	for _, layout := range days {
		if t, err := time.Parse(layout, s); err == nil {
			return plausible(record.PublishedOn(record.DateOf(t.Year(), int(t.Month()), t.Day())))
		}
	}
	p, _, ok := findPrinted(s)
	return p, ok
}

// plausible refuses dates that no web page was published on: placeholders such as year 1 and 1970.
func plausible(p record.Published) (record.Published, bool) {
	y := p.Date.Year()
	if y < 1995 || y > 2100 {
		return record.Published{}, false
	}
	return p, true
}

// The printed dates and times. Days come before months.
var (
	numericDate = regexp.MustCompile(`(?:^|[^\d/])(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?((?:19|20)\d{2})(?:\D|$)`)
	isoDate     = regexp.MustCompile(`(?:^|\D)((?:19|20)\d{2})[/-](\d{2})[/-](\d{2})(?:\D|$)`)
	wordedDate  = pattern(`(?:^|\D)(\d{1,2})\s+<month>\s+(\d{1,2}|<month-name>)(?:\s+<year>|\s*,|\s*/)?\s+((?:19|20)\d{2})(?:\D|$)`)
	monthFirst  = pattern(`<month>\s+(<month-name>)\s+(\d{1,2})\s*,\s*((?:19|20)\d{2})(?:\D|$)`)
	clock       = pattern(`(?:^|[^\d:/])(\d{1,2})\s?(?::|h|<hour>)\s?(\d{2})(?::\d{2})?(?:\s*<minute>)?\s*(<pm>|<am>)?\b`)
)

// findPrinted finds the first printed date of a string, with the time that
// stands beside it, and says where date and time lie.
func findPrinted(s string) (p record.Published, spans []record.Span, ok bool) {
	date, at, ok := findDate(s)
	if !ok {
		return record.Published{}, nil, false
	}
	spans = append(spans, at)
	// The time stands before or after the date, never inside it.
	for _, m := range clock.FindAllStringSubmatchIndex(s, 4) {
		if m[2] < at.End && at.Start < m[1] {
			continue
		}
		hour, minute, ok := clockOf(s, m)
		if !ok {
			continue
		}
		y, mo, d := date.Civil()
		t := time.Date(y, time.Month(mo), d, hour, minute, 0, 0, record.Vietnam)
		return record.PublishedAt(t), append(spans, record.Span{Start: m[2], End: m[1]}), true
	}
	return record.PublishedOn(date), spans, true
}

// afternoon are the marks of the second half of the day.
var afternoon = setOf(words("pm"))

func clockOf(s string, m []int) (hour, minute int, ok bool) {
	hour, minute = atoi(s[m[2]:m[3]]), atoi(s[m[4]:m[5]])
	half := ""
	if m[6] >= 0 {
		half = strings.ToLower(s[m[6]:m[7]])
	}
	switch {
	case afternoon[half] && hour < 12:
		hour += 12
	case half != "" && !afternoon[half] && hour == 12:
		hour = 0
	}
	return hour, minute, hour < 24 && minute < 60
}

func findDate(s string) (record.Date, record.Span, bool) {
	if !hasYear(s) {
		return record.NoDate, record.Span{}, false
	}
	for _, form := range []struct {
		pattern          *regexp.Regexp
		year, month, day int
	}{{numericDate, 3, 2, 1}, {isoDate, 1, 2, 3}, {wordedDate, 3, 2, 1}, {monthFirst, 3, 1, 2}} {
		m := form.pattern.FindStringSubmatchIndex(s)
		if m == nil {
			continue
		}
		part := func(group int) string { return s[m[2*group]:m[2*group+1]] }
		y, mo, d := atoi(part(form.year)), monthOf(part(form.month)), atoi(part(form.day))
		date := record.DateOf(y, mo, d)
		yy, mm, dd := date.Civil()
		if yy != y || mm != mo || dd != d || y < 1995 || y > 2100 {
			break
		}
		return date, record.Span{Start: m[2], End: m[7]}, true
	}
	return record.NoDate, record.Span{}, false
}

// hasYear reports whether a string can hold a date: every form has the year in digits.
func hasYear(s string) bool { return strings.Contains(s, "20") || strings.Contains(s, "19") }

// monthNames are the names of the months, from January on.
var monthNames = vocabulary.Words("month-name")

func monthOf(s string) int {
	if i := slices.Index(monthNames, strings.ToLower(s)); i >= 0 {
		return i + 1
	}
	return atoi(s)
}

func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return -1
	}
	return n
}

// datelineWords may stand around a date in a line that is nothing but a date.
var datelineWords = pattern(`gmt\s*\+?\s*0?7(:00)?|utc\s*\+\s*0?7(:00)?|<before-weekday>\s+(<weekday>|[2-7])|(?:<dated>|<posts>)\s*:?`)

// posts matches the label of the date on which an article was put up.
var posts = pattern(`<posts>`)

// without is a line with blanks in place of some spans.
func without(line string, spans []record.Span) string {
	rest := []byte(line)
	for _, s := range spans {
		for i := s.Start; i < s.End; i++ {
			rest[i] = ' '
		}
	}
	return string(rest)
}

// label matches what sites print beside the date over an article: the section,
// the author, counters and buttons.
var label = pattern(`(<before-counter> )?<counter>\s*:?\s*[\d.,]*|[\d.,]+\s*<counted>|<button>|<before-author>\s*:?`)

// labelledDate reads a line over the text that prints a date beside a section,
// an author or counters: "Kinh tế | 24/07/2024 10:48", "03:06 PM 13/12/2020 |
// Lượt xem: 4186 | In bài viết". by is the author, where one stands there.
func labelledDate(line string) (p record.Published, by string, ok bool) {
	if len(line) > 120 || strings.HasSuffix(line, ".") {
		return record.Published{}, "", false
	}
	p, spans, ok := findPrinted(line)
	if !ok || endsTitle.MatchString(line) {
		return p, "", false
	}
	left := label.ReplaceAllString(datelineWords.ReplaceAllString(without(line, spans), " "), " ")
	name := strings.Trim(left, " |-–—/•·,:()")
	if bare(left) == "" {
		return p, "", true
	}
	if isPerson(name, "") && len(letters(name)) >= 5 {
		by = name
	}
	before, after := strings.TrimSpace(line[:spans[0].Start]), strings.TrimSpace(line[spans[0].End:])
	apart := len(spans) > 1 || strings.HasPrefix(after, "|") || strings.HasSuffix(before, "|") || after == "" && strings.HasSuffix(before, "-")
	if after == "" && looksLikeName(name) && len(strings.Fields(name)) <= 5 {
		return p, by, true // "Báo Khánh Hòa 14/10/2025"
	}
	return p, by, apart && len(strings.Fields(left)) <= 6 && !strings.ContainsAny(left, ".;:?!")
}

// opening matches the date at the start of a first paragraph: "TTXVN,
// 25/10/2023 - …", "27/11/2023 - …", "(HG) 27/11/2023 - …", "20-05-2025. …".
var opening = regexp.MustCompile(`^(?:\(?\p{Lu}[\p{L}\d. ]{0,24}(?:\)\s*[,–-]?\s*|\s*[,(–-]\s*))?(?:` + strings.Join(words("day"), "|") + `\s+)?\(?(\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d{2})\)?\s*[-–—.:|]\s*[^\d\s]`)

// openingDate reads the date that opens a paragraph and belongs to the press
// agency's line, not to a sentence.
func openingDate(paragraph string) (record.Published, bool) {
	if !hasYear(paragraph[:min(len(paragraph), 120)]) {
		return record.Published{}, false
	}
	m := opening.FindStringSubmatchIndex(paragraph)
	if m == nil || endsTitle.MatchString(paragraph) {
		return record.Published{}, false
	}
	date, _, ok := findDate(paragraph[m[2]:m[3]])
	return record.PublishedOn(date), ok
}

// dateRank says how much the place of a date speaks for it.
type dateRank uint8

const (
	rankLabel dateRank = iota // metadata, and what is labelled as the day of publication
	rankHead                  // between the title and the first paragraph
	rankEnd                   // at the end of the text
	rankAbove                 // above the title, where sites have their clock
)

// printedDate is a date of a page and where it stands.
type printedDate struct {
	record.Published
	rank dateRank
}

func (r *reader) dated(d record.Published, line string, rank dateRank) {
	if posts.MatchString(line) {
		rank = rankLabel
	}
	r.dates = append(r.dates, printedDate{d, rank})
}

// published chooses among the dates by where they stand; the day of the capture,
// which a clock prints, only when there is no other. The time is that of the
// first date that agrees.
func (r *reader) published() record.Published {
	all := append([]printedDate{{r.meta.published, rankLabel}}, r.dates...)
	all = slices.DeleteFunc(all, func(d printedDate) bool { return !d.Date.Known() })
	if len(all) == 0 {
		return record.PublishedOn(record.NoDate)
	}
	slices.SortStableFunc(all, func(a, b printedDate) int { return int(a.rank) - int(b.rank) })
	found := all[0]
	for _, d := range all {
		if found.Date == r.captured && d.Date != r.captured && (d.rank < rankAbove || found.rank == rankAbove) {
			found = d
		}
	}
	for _, d := range all {
		found.Published = better(found.Published, d.Published)
	}
	return found.Published
}
