package ocopstat

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"ocopstat/export/provenance"
	wording "ocopstat/export/texts"
	"ocopstat/normalize/place"
	"ocopstat/normalize/text"
	"ocopstat/reconcile"
	"ocopstat/record"
	"ocopstat/table"
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
	Now       string `json:"place_now"` // the province of today that it lies in or is; "" for none
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
	Quality    record.Quality   `json:"quality"`
	Because    string           `json:"quality_reason"`
	Sources    int              `json:"n_independent_sources"`
	FirstKnown record.Date      `json:"first_known"`

	Before       *Earlier         `json:"before"` // the stock of the date before; null for none
	Figures      []Witness        `json:"figures"`
	Alternatives []Alternative    `json:"alternatives"`
	Checks       []Tried          `json:"checks"`
	Edits        []reconcile.Edit `json:"edits"` // those that the checks and the derivation rest on

	account provenance.Account
}

// Earlier is what a stock grew or fell from. It is no rival of the number.
type Earlier struct {
	Value   record.Decimal `json:"value"`
	RefDate record.Date    `json:"ref_date"`
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
	Corrected    bool             `json:"corrected"` // those who said it say the chosen value since
}

// Tried is a check that one of the figures took part in.
type Tried struct {
	Rule       string         `json:"rule"`
	Expression string         `json:"expression"`
	Outcome    record.Outcome `json:"outcome"`
	Suggestion string         `json:"suggestion"`
}

// Explain reads what Run would read and says how the statistics that a query
// asks for came about. It writes nothing; Out, Week and Before of the
// configuration are not used. Inputs that cannot be used are problems of the
// summary; the error is one that stopped it.
func Explain(ctx context.Context, cfg Config, q Query) (Summary, Explanation, error) {
	r, err := reconciled(ctx, cfg)
	defer r.close()
	if err != nil {
		return r.Summary, Explanation{}, err
	}
	x := explainer{rows: &r.rows.Rows, in: r.input, index: provenance.New(&r.rows.Rows)}
	told := Explanation{Place: q.Place}
	for _, s := range x.chosen(q) {
		e, err := x.explained(s)
		if err != nil {
			return r.Summary, Explanation{}, err
		}
		told.Statistics = append(told.Statistics, e)
	}
	return r.Summary, told, r.texts.err
}

type explainer struct {
	rows  *table.Rows
	in    reconcile.Input
	index *provenance.Index
}

// chosen lists the statistics that a query asks for, by place, the totals first: for
// each measure of a place that of the day asked for.
func (x *explainer) chosen(q Query) (out []*record.Statistic) {
	places := matching(x.rows.Statistics, q.Place)
	type series struct {
		place record.Place
		dims  record.Dims
	}
	best := map[series]*record.Statistic{}
	for i := range x.rows.Statistics {
		s := &x.rows.Statistics[i]
		if s.Rank != record.Preferred || !places[s.Place] || !measured(s.Dims, q.Measure) {
			continue
		}
		if !s.RefDate.Known() && !s.Period.Known() {
			out = append(out, s) // undated: always shown
			continue
		}
		k := series{s.Place, s.Dims}
		if old := best[k]; startsBy(s, q.At) && (old == nil || after(s, old)) {
			best[k] = s
		}
	}
	for _, s := range best {
		out = append(out, s)
	}
	slices.SortFunc(out, func(a, b *record.Statistic) int {
		return cmp.Or(a.Place.Compare(b.Place), narrowness(a)-narrowness(b), a.Dims.Compare(b.Dims), strings.Compare(a.ID, b.ID))
	})
	return out
}

// narrowness is how far a statistic is from the total of a place.
func narrowness(s *record.Statistic) int {
	n := 0
	for _, narrow := range []bool{s.Measure == record.Percent, s.Facet != record.FacetAll, s.Status == record.Target,
		s.Movement != record.Stock, s.Stars != record.StarsAny || s.Producer != record.AnyProducer} {
		n *= 2
		if narrow {
			n++
		}
	}
	return n
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
	known := d.Codes()
	for _, w := range words {
		total := w == "total" && d.Stars == record.StarsAny && d.Producer == record.AnyProducer && d.Facet == record.FacetAll
		if !total && !slices.Contains(known[:], w) && !slices.Contains(known[:], strings.TrimSuffix(w, "s")) {
			return false
		}
	}
	return true
}

func (x *explainer) explained(s *record.Statistic) (Explained, error) {
	now, _ := x.in.Places.Now(s.Place)
	account := x.index.Of(s)
	e := Explained{
		ID: s.ID, Place: s.Place.Path(), PlaceCode: s.Place.Code, Vintage: string(s.Place.Vintage), Now: now.Name, Dims: s.Dims,
		RefDate: s.RefDate, Period: s.Period, Low: s.Low, High: s.High, Qualifier: s.Qualifier, Rounding: s.Rounding,
		Basis: s.Basis, WorkedOut: s.Derivation, Choice: s.Choice, Conflict: s.Conflict, Quality: s.Quality, Because: s.QualityReason,
		Sources: s.Sources, FirstKnown: s.FirstKnown, account: account,
	}
	if s.HasValue {
		e.Value = &s.Value
	}
	if account.Before != nil {
		e.Before = &Earlier{account.Before.Value, account.Before.RefDate}
	}
	for _, w := range account.Witnesses {
		witness := Witness{Figure: w.FigureID, Role: w.Role, Note: w.Note}
		if a := w.Article; a != nil {
			sentence, err := x.rows.Quote(a, w.Figure.Sentence)
			if err != nil {
				return e, err
			}
			witness.Printed, witness.Sentence, witness.Article = w.Figure.Printed, sentence, a.ID
			witness.Title, witness.URL, witness.Authority = a.Title, a.URL, x.in.Articles[a.ID].Authority
			if a.Published.Date.Known() {
				witness.Published = a.Published.Date.String()
			}
		}
		e.Figures = append(e.Figures, witness)
	}
	for _, o := range account.Alternatives {
		e.Alternatives = append(e.Alternatives, Alternative{o.ID, o.Value, o.Qualifier, o.Rank, o.Sources, o.SupersededOn, o.Corrected})
	}
	for _, c := range account.Checks {
		e.Checks = append(e.Checks, Tried{c.Rule, c.Expression, c.Outcome, c.Suggestion})
	}
	for _, edit := range reconcile.Edits() {
		if slices.ContainsFunc(e.Checks, func(c Tried) bool { return c.Rule == edit.Name }) {
			e.Edits = append(e.Edits, edit)
		}
	}
	return e, nil
}

// matching finds the places of a name or code: as written but for case and the
// place of the tone mark, or else without any marks.
func matching(statistics []record.Statistic, name string) map[record.Place]bool {
	wanted, plain := text.Keys(name), place.Toneless(name)
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
		case place.Toneless(p.Name) == plain || place.Toneless(p.Path()) == plain:
			loose[p] = true
		}
	}
	if len(exact) > 0 {
		return exact
	}
	return loose
}

// What fits a screen: how many statistics are explained in full, how many have a
// line where there are more, and how many lines of one kind a statistic has.
const (
	inFull  = 2
	inLines = 40
	ofAKind = 4
)

// WriteText prints an explanation for people to read: a line a statistic, or in
// full where there are few.
func (e *Explanation) WriteText(w io.Writer) error {
	list := e.Statistics
	descriptions, err := table.Descriptions()
	if err != nil {
		return err
	}
	p := printer{w: w, words: wording.NewLabels(descriptions), few: ofAKind / max(1, min(len(list), inFull))}
	if len(list) == 0 {
		p.line("no statistic about %q", e.Place)
	}
	if len(list) <= inFull {
		for i := range list {
			if i > 0 {
				p.line("")
			}
			p.statistic(&list[i])
		}
		return p.err
	}
	for i := range list[:min(inLines, len(list))] {
		s := &list[i]
		if i == 0 || territory(s) != territory(&list[i-1]) {
			p.line("%s", territory(s))
		}
		p.line("  %s, %s: %s (%s)", p.words.Indicator(s.Dims).EN, dated(s), provenance.Amount(s.account.Statistic).EN, strings.Join(standing(s), ", "))
	}
	if more := len(list) - inLines; more > 0 {
		p.line("  and %d more, shares and parts of these most of them", more)
	}
	p.line("--measure narrows to one of them and shows where it comes from: --measure %q", strings.Join(nonEmpty(measureOf(&list[0])...), " "))
	return p.err
}

// measureOf are words that ask for a statistic.
func measureOf(s *Explained) []string {
	class := cmp.Or(string(s.Stars), string(s.Producer), "total")
	return []string{string(s.Subject), class, string(s.Movement), string(s.Status), string(s.Measure), string(s.Facet)}
}

// printer remembers the first error, so that the printing reads straight on.
type printer struct {
	w     io.Writer
	words wording.Labels
	few   int // lines of a kind
	err   error
}

func (p *printer) line(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format+"\n", args...)
	}
}

func (p *printer) statistic(e *Explained) {
	p.line("%s: %s, %s: %s", territory(e), p.words.Indicator(e.Dims).EN, dated(e), provenance.Amount(e.account.Statistic).EN)
	for _, t := range e.account.Lines(p.words, p.few) {
		p.line("  %s", t.EN)
	}
	for _, role := range []record.Role{record.Supports, record.Derives, record.Dissents} {
		said := slices.DeleteFunc(slices.Clone(e.Figures), func(w Witness) bool { return w.Role != role })
		for i := range said[:min(p.few, len(said))] {
			p.witness(&said[i])
		}
		if more := len(said) - p.few; more > 0 {
			p.line("  and %d more figures: %s", more, role)
		}
	}
	for _, edit := range e.Edits[:min(p.few, len(e.Edits))] {
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

// territory names a place and says of which division it is: a name can mean two
// territories.
func territory(e *Explained) string {
	switch e.Vintage {
	case string(record.Vintage63):
		if e.Now != "" && e.Now != e.Place {
			return e.Place + " (of the 63, until 2025-06-30; today in " + e.Now + ")"
		}
		return e.Place + " (of the 63, until 2025-06-30)"
	case string(record.Vintage34):
		return e.Place + " (of the 34, since 2025-07-01)"
	}
	return e.Place
}

func dated(e *Explained) string {
	switch {
	case e.RefDate.Known():
		return e.RefDate.String()
	case e.Period.Known():
		return e.Period.String()
	}
	return "not dated"
}

// standing says in a few words how far a statistic can be relied on.
func standing(e *Explained) []string {
	out := []string{string(e.Quality), provenance.Sources(e.account.Statistic).EN}
	for _, a := range e.account.Alternatives {
		switch {
		case a.Corrected:
			out = append(out, "corrected from "+provenance.Amount(a.Statistic).EN)
		case a.Rank == record.Normal:
			out = append(out, "instead "+provenance.Amount(a.Statistic).EN)
		}
	}
	if failed := slices.IndexFunc(e.Checks, func(c Tried) bool { return c.Outcome == record.Failed }); failed >= 0 {
		out = append(out, "against "+e.Checks[failed].Rule)
	}
	return append(out[:min(ofAKind, len(out))], nonEmpty(e.account.Growth().EN)...)
}
