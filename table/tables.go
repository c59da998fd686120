package table

import (
	"strings"
	"time"

	"github.com/apache/arrow/go/v17/arrow"

	"ocopstat/record"
)

// articlesTable is what was read: one row an article. published is the civil date
// of Vietnam, published_at the instant where the page prints a time. The blocks
// of an article are not stored: offsets need the text alone.
var articlesTable = tableOf("articles",
	text("article_id", func(r *record.Article) *string { return &r.ID }),
	text("url", func(r *record.Article) *string { return &r.URL }),
	code("source_id", func(r *record.Article) *string { return &r.SourceID }),
	text("title", func(r *record.Article) *string { return &r.Title }),
	text("byline", func(r *record.Article) *string { return &r.Byline }),
	date("published", func(r *record.Article) *record.Date { return &r.Published.Date }),
	instant("published_at", func(r *record.Article) *time.Time { return &r.Published.Time }).then(func(r *record.Article) {
		r.Published = record.PublishedAt(r.Published.Time)
	}),
	instant("captured_at", func(r *record.Article) *time.Time { return &r.CapturedAt }),
	code("media_type", func(r *record.Article) *string { return &r.MediaType }),
	code("charset", func(r *record.Article) *string { return &r.Charset }),
	text("sha256", func(r *record.Article) *string { return &r.SHA256 }),
	text("text", func(r *record.Article) *string { return &r.Text }),
	text("duplicate_of", func(r *record.Article) *string { return &r.DuplicateOf }),
)

// Figure is a row of the table "figures": a figure with the words of its
// sentence and the office's decision on it.
type Figure struct {
	record.Figure
	SentenceText string        // text[Sentence.Start:Sentence.End] of the article
	Decision     record.Action // "" while nobody has decided
}

// SentenceIn finds the sentence around the number in the text of the article: the
// empty span where it does not stand there.
func (f *Figure) SentenceIn(text string) record.Span {
	from := max(0, f.End-len(f.SentenceText))
	to := min(len(text), f.Start+len(f.SentenceText))
	if from > to {
		return record.Span{}
	}
	i := strings.Index(text[from:to], f.SentenceText)
	if i < 0 {
		return record.Span{}
	}
	return record.Span{Start: from + i, End: from + i + len(f.SentenceText)}
}

// figuresTable is what was claimed: one row a printed number.
var figuresTable = tableOf("figures",
	text("figure_id", func(r *Figure) *string { return &r.ID }),
	code("article_id", func(r *Figure) *string { return &r.ArticleID }),
	whole("start", func(r *Figure) *int { return &r.Start }),
	whole("end", func(r *Figure) *int { return &r.End }),
	text("printed", func(r *Figure) *string { return &r.Printed }),
	number("value", func(r *Figure) *record.Decimal { return &r.Value }, always),
	decimals("decimals", func(r *Figure) *record.Decimal { return &r.Value }, always),
	dims(func(r *Figure) *record.Dims { return &r.Dims }),
	code("qualifier", func(r *Figure) *record.Qualifier { return &r.Qualifier }),
	place(func(r *Figure) *record.Place { return &r.Place }),
	code("place_basis", func(r *Figure) *record.PlaceBasis { return &r.PlaceBasis }),
	period("period", func(r *Figure) *record.Period { return &r.Period }),
	code("period_basis", func(r *Figure) *record.PeriodBasis { return &r.PeriodBasis }),
	text("of_figure", func(r *Figure) *string { return &r.Of }),
	text("sentence", func(r *Figure) *string { return &r.SentenceText }),
	code("rule", func(r *Figure) *string { return &r.Rule }),
	probability("confidence", func(r *Figure) *float64 { return &r.Confidence }),
	code("grade", func(r *Figure) *record.Grade { return &r.Grade }),
	code("decision", func(r *Figure) *record.Action { return &r.Decision }),
)

// rejectionsTable is the numbers that were read and not taken.
var rejectionsTable = tableOf("rejections",
	code("article_id", func(r *record.Rejection) *string { return &r.ArticleID }),
	whole("start", func(r *record.Rejection) *int { return &r.Start }),
	whole("end", func(r *record.Rejection) *int { return &r.End }),
	text("printed", func(r *record.Rejection) *string { return &r.Printed }),
	code("reason", func(r *record.Rejection) *record.Reason { return &r.Reason }),
)

// statisticsTable is what all figures together say. value and decimals are null
// when only low and high are known. ref_date is the date of a stock, the period
// that of a flow or target.
var statisticsTable = tableOf("statistics",
	text("statistic_id", func(r *record.Statistic) *string { return &r.ID }),
	dims(func(r *record.Statistic) *record.Dims { return &r.Dims }),
	code("qualifier", func(r *record.Statistic) *record.Qualifier { return &r.Qualifier }),
	place(func(r *record.Statistic) *record.Place { return &r.Place }),
	date("ref_date", func(r *record.Statistic) *record.Date { return &r.RefDate }),
	period("period", func(r *record.Statistic) *record.Period { return &r.Period }),
	number("value", func(r *record.Statistic) *record.Decimal { return &r.Value }, hasValue),
	decimals("decimals", func(r *record.Statistic) *record.Decimal { return &r.Value }, hasValue).then(func(r *record.Statistic) { r.HasValue = true }),
	number("low", func(r *record.Statistic) *record.Decimal { return &r.Low }, (*record.Statistic).HasLow),
	number("high", func(r *record.Statistic) *record.Decimal { return &r.High }, (*record.Statistic).HasHigh),
	code("rounding", func(r *record.Statistic) *record.Rounding { return &r.Rounding }),
	code("basis", func(r *record.Statistic) *record.Basis { return &r.Basis }),
	text("derivation", func(r *record.Statistic) *string { return &r.Derivation }),
	text("choice", func(r *record.Statistic) *string { return &r.Choice }),
	code("rank", func(r *record.Statistic) *record.Rank { return &r.Rank }),
	whole("n_figures", func(r *record.Statistic) *int { return &r.Figures }),
	whole("n_independent_sources", func(r *record.Statistic) *int { return &r.Sources }),
	truth("conflict", func(r *record.Statistic) *bool { return &r.Conflict }),
	date("first_known", func(r *record.Statistic) *record.Date { return &r.FirstKnown }),
	date("superseded_on", func(r *record.Statistic) *record.Date { return &r.SupersededOn }),
	code("place_now_code", func(r *record.Statistic) *string { return &r.PlaceNow }),
	code("quality", func(r *record.Statistic) *record.Quality { return &r.Quality }),
	text("quality_reason", func(r *record.Statistic) *string { return &r.QualityReason }),
	text("of_statistic", func(r *record.Statistic) *string { return &r.Of }),
)

// Known is a row of the table "history": a statistic as it was known from one day
// until another.
type Known struct {
	record.Statistic
	From  record.Date // the day from which a run says this
	Until record.Date // the day from which it says something else, or nothing; NoDate while it stands
}

// Same reports whether two rows say the same of one statistic.
func (k Known) Same(o record.Statistic) bool {
	s := &k.Statistic
	return s.Dims == o.Dims && s.Place == o.Place && s.RefDate == o.RefDate && s.Period == o.Period && s.Qualifier == o.Qualifier &&
		s.HasValue == o.HasValue && s.Value == o.Value && s.Low == o.Low && s.High == o.High && s.Basis == o.Basis && s.Rank == o.Rank &&
		s.Conflict == o.Conflict && s.Quality == o.Quality
}

// historyTable is how the statistics became known: those for which known_from is
// on or before a day, and known_until after it or null, are what a run as of that
// day says. It is a table of releases only.
var historyTable = tableOf("history",
	text("statistic_id", func(r *Known) *string { return &r.ID }),
	date("known_from", func(r *Known) *record.Date { return &r.From }),
	date("known_until", func(r *Known) *record.Date { return &r.Until }),
	dims(func(r *Known) *record.Dims { return &r.Dims }),
	code("qualifier", func(r *Known) *record.Qualifier { return &r.Qualifier }),
	place(func(r *Known) *record.Place { return &r.Place }),
	date("ref_date", func(r *Known) *record.Date { return &r.RefDate }),
	period("period", func(r *Known) *record.Period { return &r.Period }),
	number("value", func(r *Known) *record.Decimal { return &r.Value }, func(r *Known) bool { return r.HasValue }),
	decimals("decimals", func(r *Known) *record.Decimal { return &r.Value }, func(r *Known) bool { return r.HasValue }).then(func(r *Known) { r.HasValue = true }),
	number("low", func(r *Known) *record.Decimal { return &r.Low }, func(r *Known) bool { return r.HasLow() }),
	number("high", func(r *Known) *record.Decimal { return &r.High }, func(r *Known) bool { return r.HasHigh() }),
	code("basis", func(r *Known) *record.Basis { return &r.Basis }),
	code("rank", func(r *Known) *record.Rank { return &r.Rank }),
	truth("conflict", func(r *Known) *bool { return &r.Conflict }),
	code("quality", func(r *Known) *record.Quality { return &r.Quality }),
)

// supportTable is which figure does what for which statistic.
var supportTable = tableOf("support",
	text("statistic_id", func(r *record.Support) *string { return &r.StatisticID }),
	text("figure_id", func(r *record.Support) *string { return &r.FigureID }),
	code("role", func(r *record.Support) *record.Role { return &r.Role }),
	text("note", func(r *record.Support) *string { return &r.Note }),
)

// checksTable is the arithmetic that was tried.
var checksTable = tableOf("checks",
	text("check_id", func(r *record.Check) *string { return &r.ID }),
	code("rule", func(r *record.Check) *string { return &r.Rule }),
	place(func(r *record.Check) *record.Place { return &r.Place }),
	period("period", func(r *record.Check) *record.Period { return &r.Period }),
	text("expression", func(r *record.Check) *string { return &r.Expression }),
	number("left", func(r *record.Check) *record.Decimal { return &r.Left }, always),
	number("right", func(r *record.Check) *record.Decimal { return &r.Right }, always),
	number("imbalance", func(r *record.Check) *record.Decimal { return &r.Imbalance }, always),
	number("tolerance", func(r *record.Check) *record.Decimal { return &r.Tolerance }, always),
	code("outcome", func(r *record.Check) *record.Outcome { return &r.Outcome }),
	list("figures", func(r *record.Check) *[]string { return &r.Figures }),
	list("blame", func(r *record.Check) *[]string { return &r.Blame }),
	text("suggestion", func(r *record.Check) *string { return &r.Suggestion }),
)

// Place is a row of the table "places".
type Place struct {
	record.Place
	Now string // code of the province of today (record.Vintage34) that it lies in; "" above the provinces
}

// placesTable is the places that the other tables name, and all provinces of both
// divisions when the run knows them.
var placesTable = tableOf("places",
	place(func(r *Place) *record.Place { return &r.Place }),
	code("province_code", func(r *Place) *string { return &r.Province }),
	code("province_name", func(r *Place) *string { return &r.ProvinceName }),
	code("place_now_code", func(r *Place) *string { return &r.Now }),
)

func hasValue(r *record.Statistic) bool { return r.HasValue }

// Source is a row of the table "sources": one place on the web, or one folder, where articles come from.
type Source struct {
	ID        string
	Outlet    string // name as readers know it
	Host      string
	Province  string // code of the province it writes for, as of today; "" for national ones
	Kind      string // feed, sitemap, listing, page, folder
	URL       string
	Pattern   string // which links of it are articles
	Authority string // portal, newspaper, agency, aggregator
	Note      string // how the row was established
}

// sourcesTable is the catalogue of sources.
var sourcesTable = tableOf("sources",
	text("source_id", func(r *Source) *string { return &r.ID }),
	text("outlet", func(r *Source) *string { return &r.Outlet }),
	text("host", func(r *Source) *string { return &r.Host }),
	code("province_code", func(r *Source) *string { return &r.Province }),
	code("kind", func(r *Source) *string { return &r.Kind }),
	text("url", func(r *Source) *string { return &r.URL }),
	text("link_pattern", func(r *Source) *string { return &r.Pattern }),
	code("authority", func(r *Source) *string { return &r.Authority }),
	text("note", func(r *Source) *string { return &r.Note }),
)

// ReadStatistics returns the rows of the table "statistics", with the places as
// the table "places" has them. Low and High come back with as few decimals as they
// need.
func ReadStatistics(statistics, places arrow.Record) ([]record.Statistic, error) {
	rows, err := statisticsTable.read(statistics)
	if err != nil {
		return nil, err
	}
	known, err := placesTable.read(places)
	complete := completer(known)
	for i := range rows {
		complete(&rows[i].Place)
	}
	return rows, err
}

// ReadFigures returns the rows of the table "figures". The span of the sentence
// and the province of a district or commune are not in this table: Set.Rows
// finds them in the articles and places.
func ReadFigures(rec arrow.Record) ([]Figure, error) { return figuresTable.read(rec) }

// ReadArticles returns the rows of the table "articles".
func ReadArticles(rec arrow.Record) ([]record.Article, error) { return articlesTable.read(rec) }
