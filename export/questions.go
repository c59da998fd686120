package export

import (
	"slices"
	"strings"

	"github.com/apache/arrow/go/v17/arrow"

	"ocopstat/export/texts"
	"ocopstat/record"
	"ocopstat/table"
)

// Question is what a person can settle by one answer: which of several numbers is
// right, or what a doubtful one is. Its words are Vietnamese.
type Question struct {
	ID         string // of the statistic, or of the doubtful figure
	Why        string // why it is asked
	Place      string
	Indicator  string
	Time       string
	Arithmetic []string // what checks, the choice and the quality say
	Claims     []Claim  // at least one
}

// Open reports a question on which nobody has decided.
func (q *Question) Open() bool {
	return !slices.ContainsFunc(q.Claims, func(c Claim) bool { return c.Decided != nil })
}

// Claim is a number of a question as an article prints it.
type Claim struct {
	Figure    string // its ID
	Value     string
	Reading   string // what the number was read as
	Title     string // of the article
	URL       string // "" of a document that is on no page
	Outlet    string
	Published record.Date
	Text      string      // of the article
	Sentence  record.Span // bytes of Text
	Number    record.Span // bytes of Text
	Chosen    bool        // the statistic shows it now
	Suggested *Mark       // the answer that the evidence speaks for, nil for none
	Decided   *Mark       // the decision in force, nil for none
	Seen      string      // names that decision; "" for none
}

// Questions are those of the sheet "to decide" of an issue, by the tables in its
// folder, in the same order, without decisions. Errors name the file.
func Questions(dir, week string) ([]Question, error) {
	rows, err := table.ReadRows(func(s table.Schema) (arrow.Record, error) { return readTable(dir, s.Name) })
	if err != nil {
		return nil, err
	}
	b, err := newBook(rows, WorkbookOptions{Week: week})
	if err != nil {
		return nil, err
	}
	var out []Question
	for _, q := range b.questions() {
		out = append(out, b.asked(q))
	}
	return out, nil
}

// asked is a question in words.
func (b *book) asked(q *question) Question {
	f := q.figure
	out := Question{ID: f.ID, Why: b.say(q.kind), Place: placeText(f.Place), Indicator: b.indicatorText(f.Dims), Time: figureTime(f)}
	if s := q.statistic; s != nil {
		out.ID, out.Place, out.Indicator, out.Time = s.ID, placeText(s.Place), b.indicatorText(s.Dims), timeText(s)
	}
	out.Arithmetic = b.arithmetic(q)
	out.Claims = []Claim{b.claim(f, q.statistic != nil && shown(q.statistic) && q.statistic.Usable())}
	if d, v := b.suggest(q); d != record.NoAction {
		out.Claims[0].Suggested = &Mark{FigureID: f.ID, Decision: d, Value: v, On: record.NoDate}
	}
	for _, o := range q.others {
		f, _ := b.figure(o.FigureID)
		out.Claims = append(out.Claims, b.claim(&f, false))
	}
	return out
}

func (b *book) claim(f *record.Figure, chosen bool) Claim {
	a := b.articles[f.ArticleID]
	return Claim{Figure: f.ID, Value: f.Value.VI(), Title: a.Title, URL: a.URL, Outlet: b.outlet(a), Published: a.Published.Date,
		Reading: strings.Join([]string{placeText(f.Place), b.label.Indicator(f.Dims).VI, figureTime(f)}, " · "),
		Text:    a.Text, Sentence: f.Sentence, Number: f.Span, Chosen: chosen}
}

// NewMark reads an answer that was written elsewhere than in a workbook: a decision
// on a figure, the right value of record.Correct with a comma before its decimals,
// and the right group, time or place; what the decision does not need is left out.
// The problem says in words what is wrong with it, "" for nothing.
func NewMark(f *record.Figure, decision record.Action, value, to string) (m Mark, problem string, err error) {
	words, err := table.Descriptions()
	if err != nil {
		return m, "", err
	}
	if decision != withdraw && !slices.Contains(decisions, decision) {
		return m, texts.Of("review.unknown", shortQuote(string(decision))).VI, nil
	}
	if decision != record.Correct {
		value = ""
	}
	if !slices.Contains(directed, decision) {
		to = ""
	}
	m = Mark{FigureID: f.ID, Decision: decision, On: record.NoDate, Expect: f.Value}
	_, problem = m.complete(texts.NewLabels(words), value, to, typedNumber, texts.Vietnamese)
	return m, problem, nil
}

// typedNumber reads a number as people type it: digits, and a comma before decimals.
func typedNumber(raw string, v *record.Decimal) bool {
	var err error
	*v, err = record.ParseDecimal(strings.TrimSuffix(strings.Replace(raw, ",", ".", 1), "."))
	return err == nil && strings.Trim(raw, "0123456789,") == ""
}
