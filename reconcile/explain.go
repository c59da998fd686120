package reconcile

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"ocopstat/normalize/text"
	"ocopstat/record"
)

// Query says what to explain.
type Query struct {
	Place string // a name ("Hậu Giang", "hau giang", "Lào Cai/Sa Pa") or a code ("93")
	// Measure narrows: codes of record.Dims that must all be among the
	// dimensions, separated by spaces or commas ("product 4", "producer percent").
	// "total" stands for neither stars nor kind of producer.
	Measure string
	At      record.Date // the state of things on that day; NoDate for the latest
}

// Explanation is how the statistics of a place came about.
type Explanation struct {
	Place      string      `json:"place"`
	Statistics []Explained `json:"statistics"`
}

// Explained is one statistic with everything that speaks for and against it.
type Explained struct {
	ID        string `json:"statistic_id"`
	Place     string `json:"place"`
	PlaceCode string `json:"place_code"`
	Vintage   string `json:"place_vintage"`
	record.Dims
	RefDate    record.Date      `json:"ref_date"`
	Period     record.Period    `json:"period"`
	Value      *record.Decimal  `json:"value"` // null when only bounds are known
	Low        record.Decimal   `json:"low"`
	High       record.Decimal   `json:"high"`
	Qualifier  record.Qualifier `json:"qualifier"`
	Rounding   record.Rounding  `json:"rounding"`
	Basis      record.Basis     `json:"basis"`
	WorkedOut  string           `json:"worked_out"` // the derivation with its numbers
	Choice     string           `json:"choice"`     // why this value and not another
	Conflict   bool             `json:"conflict"`
	Sources    int              `json:"n_independent_sources"`
	FirstKnown record.Date      `json:"first_known"`

	Figures      []Witness     `json:"figures"`
	Alternatives []Alternative `json:"alternatives"`
	Checks       []Tried       `json:"checks"`
	Edits        []Edit        `json:"edits"` // those that the checks and the derivation rest on
}

// Witness is a figure in its role, with the sentence that it stands in.
type Witness struct {
	Figure    string      `json:"figure_id"`
	Role      record.Role `json:"role"`
	Printed   string      `json:"printed"`
	Note      string      `json:"note"`
	Sentence  string      `json:"sentence"` // "" when the article's text is not at hand
	Article   string      `json:"article_id"`
	Title     string      `json:"title"`
	URL       string      `json:"url"`
	Published string      `json:"published"`
	Authority int         `json:"authority"`
}

// Alternative is another value of the same thing.
type Alternative struct {
	ID           string           `json:"statistic_id"`
	Value        record.Decimal   `json:"value"`
	Qualifier    record.Qualifier `json:"qualifier"`
	Rank         record.Rank      `json:"rank"`
	Sources      int              `json:"n_independent_sources"`
	SupersededOn record.Date      `json:"superseded_on"`
}

// Tried is a check that one of the figures took part in.
type Tried struct {
	Rule       string         `json:"rule"`
	Expression string         `json:"expression"`
	Outcome    record.Outcome `json:"outcome"`
	Suggestion string         `json:"suggestion"`
}

// Explain says how the statistics of a place came about: for each measure the
// one of the day asked for. The input is that of the run, with the text of the
// articles where sentences are wanted. It is empty when no statistic fits.
func Explain(res Result, in Input, q Query) Explanation {
	x := explainer{res: res, in: in, figures: make(map[string]*record.Figure, len(in.Figures))}
	for i := range in.Figures {
		x.figures[in.Figures[i].ID] = &in.Figures[i]
	}
	out := Explanation{Place: q.Place}
	for _, i := range x.chosen(q) {
		out.Statistics = append(out.Statistics, x.explained(i))
	}
	return out
}

type explainer struct {
	res     Result
	in      Input
	figures map[string]*record.Figure
}

// chosen lists the statistics that a query asks for, by dimensions and place.
func (x *explainer) chosen(q Query) []int {
	places := matching(x.res.Statistics, q.Place)
	type series struct {
		place record.Place
		dims  record.Dims
	}
	best := map[series]int{}
	var out []int
	for i := range x.res.Statistics {
		s := &x.res.Statistics[i]
		if s.Rank != record.Preferred || !places[s.Place] || !measured(s.Dims, q.Measure) {
			continue
		}
		if !s.RefDate.Known() && !s.Period.Known() {
			out = append(out, i) // undated: always shown
			continue
		}
		k := series{s.Place, s.Dims}
		if old, ok := best[k]; startsBy(s, q.At) && (!ok || after(s, &x.res.Statistics[old])) {
			best[k] = i
		}
	}
	for _, i := range best {
		out = append(out, i)
	}
	slices.SortFunc(out, func(i, j int) int {
		a, b := &x.res.Statistics[i], &x.res.Statistics[j]
		return cmp.Or(a.Place.Compare(b.Place), compareDims(a.Dims, b.Dims), strings.Compare(a.ID, b.ID))
	})
	return out
}

func startsBy(s *record.Statistic, day record.Date) bool {
	return !day.Known() || s.RefDate.Known() && s.RefDate <= day || s.Period.Known() && s.Period.Start <= day
}

func after(s, t *record.Statistic) bool {
	return cmp.Or(cmp.Compare(s.RefDate, t.RefDate), cmp.Compare(s.Period.Start, t.Period.Start),
		cmp.Compare(s.Period.End, t.Period.End), cmp.Compare(t.ID, s.ID)) > 0
}

func measured(d record.Dims, measure string) bool {
	words := strings.FieldsFunc(strings.ToLower(measure), func(r rune) bool { return r == ' ' || r == ',' })
	known := codes(d)
	for _, w := range words {
		total := w == "total" && d.Stars == record.StarsAny && d.Producer == record.AnyProducer && d.Facet == record.FacetAll
		if !total && !slices.Contains(known[:], w) && !slices.Contains(known[:], strings.TrimSuffix(w, "s")) {
			return false
		}
	}
	return true
}

func (x *explainer) explained(i int) Explained {
	s := &x.res.Statistics[i]
	e := Explained{
		ID: s.ID, Place: s.Place.Path(), PlaceCode: s.Place.Code, Vintage: string(s.Place.Vintage), Dims: s.Dims,
		RefDate: s.RefDate, Period: s.Period, Low: s.Low, High: s.High, Qualifier: s.Qualifier, Rounding: s.Rounding,
		Basis: s.Basis, WorkedOut: s.Derivation, Choice: s.Choice, Conflict: s.Conflict, Sources: s.Sources, FirstKnown: s.FirstKnown,
	}
	if s.HasValue {
		e.Value = &s.Value
	}
	involved := map[string]bool{}
	for _, sup := range rowsOf(x.res.Support, s.ID, func(r record.Support) string { return r.StatisticID }) {
		involved[sup.FigureID] = true
		e.Figures = append(e.Figures, x.witness(sup))
	}
	slices.SortStableFunc(e.Figures, func(a, b Witness) int { return roleOrder(a.Role) - roleOrder(b.Role) })
	for k := i + 1; k < len(x.res.Statistics) && strings.HasPrefix(x.res.Statistics[k].ID, s.ID+"~"); k++ {
		o := &x.res.Statistics[k]
		e.Alternatives = append(e.Alternatives, Alternative{o.ID, o.Value, o.Qualifier, o.Rank, o.Sources, o.SupersededOn})
	}
	e.Checks = x.checksOf(s.Place, involved)
	e.Edits = editsOf(e.Checks)
	return e
}

func roleOrder(r record.Role) int {
	return slices.Index([]record.Role{record.Supports, record.Derives, record.Dissents}, r)
}

// rowsOf finds the rows of one statistic; they are sorted by it.
func rowsOf[T any](rows []T, id string, of func(T) string) []T {
	from, _ := slices.BinarySearchFunc(rows, id, func(r T, id string) int { return strings.Compare(of(r), id) })
	to := from
	for to < len(rows) && of(rows[to]) == id {
		to++
	}
	return rows[from:to]
}

func (x *explainer) witness(sup record.Support) Witness {
	w := Witness{Figure: sup.FigureID, Role: sup.Role, Note: sup.Note}
	f := x.figures[sup.FigureID]
	if f == nil {
		return w
	}
	source := x.in.Articles[f.ArticleID]
	a := &source.Article
	w.Printed, w.Article, w.Title, w.URL, w.Authority = f.Printed, f.ArticleID, a.Title, a.URL, source.Authority
	if a.Published.Date > 0 {
		w.Published = a.Published.String()
	}
	w.Sentence = x.in.quote(f.ArticleID, f.Sentence)
	return w
}

// checksOf lists the checks of a place that some of the figures took part in.
func (x *explainer) checksOf(p record.Place, figures map[string]bool) []Tried {
	var out []Tried
	for _, c := range x.res.Checks {
		if c.Place.Code == p.Code && c.Place.Vintage == p.Vintage && slices.ContainsFunc(c.Figures, func(id string) bool { return figures[id] }) {
			out = append(out, Tried{c.Rule, c.Expression, c.Outcome, c.Suggestion})
		}
	}
	slices.SortFunc(out, func(a, b Tried) int { return strings.Compare(a.Rule+a.Expression, b.Rule+b.Expression) })
	return out
}

func editsOf(checks []Tried) []Edit {
	var out []Edit
	for _, e := range allEdits() {
		if slices.ContainsFunc(checks, func(c Tried) bool { return c.Rule == e.Name }) {
			out = append(out, e)
		}
	}
	return out
}

// WriteText prints an explanation for people to read.
func (e *Explanation) WriteText(w io.Writer) error {
	p := printer{w: w}
	if len(e.Statistics) == 0 {
		p.line("no statistic about %q", e.Place)
	}
	for i := range e.Statistics {
		if i > 0 {
			p.line("")
		}
		p.statistic(&e.Statistics[i])
	}
	return p.err
}

// printer remembers the first error, so that the printing reads straight on.
type printer struct {
	w   io.Writer
	err error
}

func (p *printer) line(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format+"\n", args...)
	}
}

func (p *printer) statistic(e *Explained) {
	p.line("%s%s: %s, %s: %s", e.Place, division(e.Vintage), describe(e.Dims), when(e), amount(e))
	p.line("  %s%s", e.Basis, also(e))
	if e.WorkedOut != "" {
		p.line("  worked out: %s", e.WorkedOut)
	}
	if e.Choice != "" {
		p.line("  chosen: %s", record.RemarksEN(e.Choice))
	}
	for i := range e.Figures {
		p.witness(&e.Figures[i])
	}
	for _, a := range e.Alternatives {
		p.line("  instead (%s): %s%s%s", a.Rank, sign(a.Qualifier), dec(a.Value), since(a.SupersededOn))
	}
	for _, c := range e.Checks {
		p.line("  check %s: %s: %s", c.Rule, c.Expression, c.Outcome)
		if c.Suggestion != "" {
			p.line("    perhaps: %s", record.RemarksEN(c.Suggestion))
		}
	}
	for _, edit := range e.Edits {
		p.line("  edit %s: %s", edit.Name, edit.Reason)
	}
}

func (p *printer) witness(w *Witness) {
	note := ""
	if w.Note != "" {
		note = " (" + record.RemarksEN(w.Note) + ")"
	}
	p.line("  %s %s%s", w.Role, w.Printed, note)
	if w.Sentence != "" {
		p.line("    “%s”", strings.Join(strings.Fields(w.Sentence), " "))
	}
	from := strings.Join(nonEmpty(w.Title, w.Published, w.URL), ", ")
	if from == "" {
		from = w.Article
	}
	p.line("    %s", from)
}

func nonEmpty(list ...string) []string {
	return slices.DeleteFunc(list, func(s string) bool { return s == "" })
}

// division says of which division a place is: a name can mean two territories.
func division(vintage string) string {
	return map[string]string{string(record.Vintage63): " (of the 63, until 2025-06-30)", string(record.Vintage34): " (of the 34, since 2025-07-01)"}[vintage]
}

// describe names some dimensions in words.
func describe(d record.Dims) string {
	words := []string{string(d.Subject) + "s"}
	if d.Measure == record.Percent {
		words[0] = "share of " + words[0]
	}
	if d.Stars != record.StarsAny {
		words = append(words, string(d.Stars)+" stars")
	}
	if d.Producer != record.AnyProducer {
		words = append(words, string(d.Producer))
	}
	words = append(words, string(d.Movement))
	if d.Status == record.Target {
		words = append(words, "target")
	}
	return strings.Join(append(words, nonEmpty(string(d.Facet))...), ", ")
}

func when(e *Explained) string {
	switch {
	case e.RefDate.Known():
		return e.RefDate.String()
	case e.Period.Known():
		return e.Period.String()
	}
	return "not dated"
}

func amount(e *Explained) string {
	unit := ""
	if e.Measure == record.Percent {
		unit = " %"
	}
	if e.Value == nil {
		return dec(e.Low) + " to " + dec(e.High) + unit
	}
	return sign(e.Qualifier) + dec(*e.Value) + unit
}

func sign(q record.Qualifier) string {
	if q == record.Exactly || q == "" {
		return ""
	}
	if s, known := map[record.Qualifier]string{record.AtLeast: "≥ ", record.AtMost: "≤ ", record.About: "≈ "}[q]; known {
		return s
	}
	return string(q) + " "
}

func also(e *Explained) string {
	var b strings.Builder
	fmt.Fprintf(&b, ", %d independent source", e.Sources)
	if e.Sources != 1 {
		b.WriteByte('s')
	}
	if e.FirstKnown.Known() {
		fmt.Fprintf(&b, ", known since %s", e.FirstKnown)
	}
	if e.Rounding != record.RoundingNone {
		fmt.Fprintf(&b, ", %s", map[record.Rounding]string{
			record.Rounded: "rounded", record.Truncated: "cut off", record.RoundingBoth: "rounded or cut off",
		}[e.Rounding])
	}
	if e.Conflict {
		b.WriteString(", in conflict")
	}
	return b.String()
}

func since(d record.Date) string {
	if !d.Known() {
		return ""
	}
	return ", superseded on " + d.String()
}

// matching finds the places of a name or code: as written but for case and the
// place of the tone mark, or else without any marks.
func matching(statistics []record.Statistic, name string) map[record.Place]bool {
	wanted, plain := text.Keys(name), toneless(name)
	exact, loose := map[record.Place]bool{}, map[record.Place]bool{}
	seen := map[record.Place]bool{}
	for i := range statistics {
		p := statistics[i].Place
		if seen[p] {
			continue
		}
		seen[p] = true
		switch {
		case p.Code == name || slices.Equal(text.Keys(p.Name), wanted) || slices.Equal(text.Keys(p.Path()), wanted):
			exact[p] = true
		case toneless(p.Name) == plain || toneless(p.Path()) == plain:
			loose[p] = true
		}
	}
	if len(exact) > 0 {
		return exact
	}
	return loose
}

// toneless writes a name in lower case without tone marks, hats and horns.
func toneless(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(s)) {
		switch {
		case r == 'đ':
			b.WriteByte('d')
		case !unicode.Is(unicode.Mn, r):
			b.WriteRune(r)
		}
	}
	return b.String()
}
