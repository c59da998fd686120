package export

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"ocopstat/record"
)

// progress is a target with what has been reached of it, and what should have been by then.
type progress struct {
	target, actual *record.Statistic
	share          float64 // percent of the target that was reached
	known          bool    // the share is
	expected       float64 // percent that a straight line over the target's time asks for by the day of the actual
	planned        bool    // the expected share is known
	lastYear       any     // percent reached at the same time of the year before
	state          state
}

// state is how a target stands, those who need help first.
type state int

const (
	behind    state = iota // chậm
	unplanned              // nobody can say
	onTime                 // đúng tiến độ
	ahead                  // vượt
	open                   // no actual at all
)

// slack is how many parts of what is expected may lack before a target is behind,
// or be more before it is ahead.
const slack = .1

// progresses pairs every current target with the actual number to hold against
// it, those who need help first.
func (b *book) progresses() []*progress {
	var out []*progress
	for _, s := range b.current {
		if s.Status == record.Target && s.HasValue {
			out = append(out, b.progressOf(s))
		}
	}
	slices.SortStableFunc(out, func(x, y *progress) int {
		gap := func(p *progress) float64 { return p.expected - p.share }
		n := cmp.Or(cmp.Compare(boolInt(b.past(x)), boolInt(b.past(y))), cmp.Compare(x.state, y.state))
		if n == 0 && x.state != open && x.state != unplanned {
			n = cmp.Compare(gap(y), gap(x))
		}
		return cmp.Or(n, b.comparePlaces(x.target.Place, y.target.Place), cmp.Compare(y.target.LastDay(), x.target.LastDay()),
			compareIndicators(x.target.Dims, y.target.Dims), strings.Compare(x.target.ID, y.target.ID))
	})
	return out
}

// past reports a target whose time was over before the year of the issue: nobody can help it any more.
func (b *book) past(p *progress) bool {
	return p.target.Period.Known() && p.target.Period.Last() < record.DateOf(b.monday.Year(), 1, 1)
}

func (b *book) progressOf(target *record.Statistic) *progress {
	p := &progress{target: target, actual: b.actualFor(target), lastYear: na, state: open}
	if p.actual == nil || target.Value.Coef <= 0 {
		return p
	}
	p.share, p.known = 100*p.actual.Value.Float()/target.Value.Float(), true
	p.expected, p.planned = b.expectedOf(target, p.actual.LastDay())
	p.lastYear = b.shareLastYear(target, p.actual)
	switch begin := target.Period.Start; {
	case !p.planned && target.Period.Known() && p.actual.LastDay() < begin:
		p.state = unplanned // what was there before the plan began says nothing of it
	case p.share >= 100 && (!p.planned || p.share > 100 || p.expected < 100*(1-slack)):
		p.state = ahead
	case !p.planned:
		p.state = unplanned
	case p.share < p.expected*(1-slack) || p.expected >= 100 && p.share < 100:
		p.state = behind
	case p.share > p.expected*(1+slack):
		p.state = ahead
	default:
		p.state = onTime
	}
	return p
}

// expectedOf is the percentage of a target that a straight line over its time asks
// for by a day. The line of a stock begins at the stock before that time; without
// one nobody can say.
func (b *book) expectedOf(target *record.Statistic, day record.Date) (percent float64, ok bool) {
	span := target.Period
	if !span.Known() || !day.Known() || day < span.Start {
		return 0, false
	}
	passed := min(1, float64(day+1-span.Start)/float64(span.End-span.Start))
	if target.Movement != record.Stock {
		return 100 * passed, true
	}
	if passed == 1 {
		return 100, true
	}
	start := b.latest(target.Place, func(s *record.Statistic) bool {
		return s.Status == record.Actual && s.Movement == record.Stock && sameKind(s.Dims, target.Dims) && s.HasValue && s.RefDate.Known() && s.RefDate <= span.Start
	})
	if start == nil {
		return 0, false
	}
	from := start.Value.Float()
	return 100 * (from + passed*(target.Value.Float()-from)) / target.Value.Float(), true
}

// shareLastYear is the percentage of the plan of the year before that was reached at the same time of that year.
func (b *book) shareLastYear(target, actual *record.Statistic) any {
	const near = 10 // days
	year := func(d record.Date) record.Date { y, m, day := d.Civil(); return record.DateOf(y-1, m, min(day, 28)) }
	if !target.Period.Known() {
		return na
	}
	plan := b.latest(target.Place, func(s *record.Statistic) bool {
		return s.Status == record.Target && s.Movement == target.Movement && sameKind(s.Dims, target.Dims) && s.HasValue && s.Value.Coef > 0 &&
			s.Period.Known() && s.Period.Start == year(target.Period.Start) && target.Period.Start-s.Period.Start == s.Period.End-s.Period.Start
	})
	if plan == nil {
		return na
	}
	then := year(actual.LastDay())
	was := b.latest(target.Place, func(s *record.Statistic) bool {
		return s.Status == record.Actual && s.Movement == actual.Movement && sameKind(s.Dims, target.Dims) && s.HasValue &&
			s.LastDay().Known() && max(s.LastDay()-then, then-s.LastDay()) <= near && (s.RefDate.Known() || s.Period.Start == plan.Period.Start)
	})
	if was == nil {
		return na
	}
	return tenths(100 * was.Value.Float() / plan.Value.Float())
}

func compareIndicators(x, y record.Dims) int {
	return cmp.Or(cmp.Compare(y.Subject, x.Subject), cmp.Compare(x.Measure, y.Measure), cmp.Compare(x.Movement, y.Movement), // products before producers
		cmp.Compare(x.Stars, y.Stars), cmp.Compare(x.Producer, y.Producer), cmp.Compare(x.Facet, y.Facet))
}

// actualFor finds the actual number of the same place and kind: for a flow that
// of a period inside the target's, the one that goes furthest; for a stock the
// latest up to the target's end. Where only what was recognised, new and
// renewed together, is known, that stands against a target of new products.
func (b *book) actualFor(target *record.Statistic) *record.Statistic {
	fits := func(s *record.Statistic) bool {
		return s.Status == record.Actual && s.HasValue && sameKind(s.Dims, target.Dims) && withinTarget(s, target)
	}
	same := func(s *record.Statistic) bool { return fits(s) && s.Movement == target.Movement }
	if s := b.latest(target.Place, same); s != nil || target.Movement != record.New {
		return s
	}
	return b.latest(target.Place, func(s *record.Statistic) bool { return fits(s) && s.Movement == record.Recognised })
}

// sameKind compares what is counted, whatever the movement and status; the
// classes that mean all products are one.
func sameKind(x, y record.Dims) bool {
	allX, allY := total(x.Stars), total(y.Stars)
	return x.Subject == y.Subject && x.Measure == y.Measure && x.Producer == y.Producer && x.Facet == y.Facet &&
		(x.Stars == y.Stars || allX && allY)
}

func withinTarget(actual, target *record.Statistic) bool {
	if actual.RefDate.Known() {
		return !target.Period.Known() || actual.RefDate <= target.Period.Last()
	}
	return target.Period.Contains(actual.Period)
}

// name says what is planned, for the sheet and the chart: "Hà Nội: sản phẩm · công nhận mới, 2025".
func (b *book) targetName(t *record.Statistic) string {
	dims := t.Dims
	dims.Status = record.Actual // that it is planned is what the sheet is about
	text := b.pick(b.label.Indicator(dims))
	if t.Movement == record.Stock {
		for _, end := range []string{" · ", ", "} {
			text = strings.TrimSuffix(text, end+b.pick(b.label.Of("movement", string(record.Stock))))
		}
	}
	return placeText(t.Place) + ": " + text + ", " + timeText(t)
}

// stateWords say how a target stands; the sign before them is for those who see no colours.
var stateWords = map[state]string{behind: "target.behind", unplanned: "target.unplanned", onTime: "target.on-time", ahead: "target.ahead", open: "target.open"}

// targetsSheet holds the targets against what was reached of them, those who need help first.
func (b *book) targetsSheet() *sheet {
	rows := slices.DeleteFunc(b.progresses(), func(p *progress) bool { return !p.known })
	return &sheet{
		key: "sheet.targets", table: "ke_hoach",
		columns: []column{
			{"col.target", prose, 34}, {"col.assessment", plain, 14}, {"col.planned", number, 11}, {"col.actual", number, 10}, {"col.actual-at", plain, 15},
			{"col.share-reached-percent", percent, 10}, {"col.expected-percent", percent, 11}, {"col.last-year-percent", percent, 11}, {"col.whole-percent", percent, 11},
			{"col.remarks", prose, 25}, {"col.article-on-the-target", prose, articleWidth},
		},
		freeze: 1, printed: 10, n: len(rows),
		row: func(i int) []any {
			p := rows[i]
			expected := any(na)
			if p.planned {
				expected = tenths(p.expected)
			}
			return []any{b.targetName(p.target), b.say(stateWords[p.state]), value(p.target), value(p.actual), timeText(p.actual),
				tenths(p.share), expected, p.lastYear, 100, b.progressRemarks(p), articleLink(b.articleOf(p.target.ID))}
		},
		after: func(w *writer, s *sheet) error {
			return errors.Join(w.markText(s, 1, "✓", w.styles.good), w.markText(s, 1, "✗", w.styles.warn))
		},
	}
}

// openTargetsSheet lists the targets that no article gives a figure against:
// what the office may ask the provinces for.
func (b *book) openTargetsSheet() *sheet {
	rows := slices.DeleteFunc(b.progresses(), func(p *progress) bool { return p.known })
	return &sheet{
		key: "sheet.open-targets", table: "ke_hoach_chua_co_so",
		columns: []column{
			{"col.target", prose, 50}, {"col.target-period", plain, 16}, {"col.unit", plain, 12},
			{"col.planned", number, 12}, {"col.remarks", prose, 24}, {"col.article-on-the-target", prose, 38},
		},
		freeze: 1, n: len(rows),
		row: func(i int) []any {
			p := rows[i]
			return []any{b.targetName(p.target), timeText(p.target), b.unit(p.target.Dims), value(p.target), b.progressRemarks(p), articleLink(b.articleOf(p.target.ID))}
		},
	}
}

func (b *book) progressRemarks(p *progress) string {
	out := joinRemarks(b.say("name.target"), b.remarks(p.target), b.say("name.actual"), b.remarks(p.actual))
	if p.actual == nil {
		return out
	}
	const stale = 60 // days
	var more []string
	if out != "" {
		more = append(more, out)
	}
	if p.actual.Movement != p.target.Movement {
		more = append(more, b.say("target.counts", b.label.Of("movement", string(p.actual.Movement))))
	}
	if days := b.sunday() - p.actual.LastDay(); p.actual.LastDay().Known() && days > stale && p.target.Period.Known() && p.target.Period.Last() > p.actual.LastDay() {
		more = append(more, b.say("target.stale", count(int(days))))
	}
	return strings.Join(more, ". ")
}
