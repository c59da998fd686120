package release

import (
	"strings"
	"testing"
	"time"

	"ocopstat/record"
	"ocopstat/table"
)

// sample is a small run with every kind of row and value.
func sample() table.Rows {
	old := record.Place{Level: record.LevelProvince, Code: "06", Vintage: record.Vintage63, Name: "Bắc Kạn", Province: "06", ProvinceName: "Bắc Kạn"}
	sentence := "Toàn tỉnh có 175 sản phẩm, 38,8% đạt 4 sao."
	text := "Bắc Kạn, hôm nay. " + sentence + "\r\nCó 8 huyện. <b>\"x\"</b> & 'y'"
	at := func(s string) record.Span {
		i := strings.Index(text, s)
		return record.Span{Start: i, End: i + len(s)}
	}
	stock := record.Dims{Subject: record.Product, Measure: record.Count, Movement: record.Stock, Status: record.Actual}
	share, target, four := stock, stock, stock
	share.Measure, share.Stars = record.Percent, record.Stars4
	target.Status, four.Stars = record.Target, record.Stars4
	id := record.FigureID("aa", at("175").Start, 0)
	percent := record.FigureID("aa", at("38,8%").Start, 0)
	return table.Rows{
		Articles: []record.Article{
			{ID: "aa", URL: "https://bao.example/1?a=1&b=2", SourceID: "bao", Title: "=Bài \"một\", hai", Byline: "Lan",
				Published:  record.PublishedAt(time.Date(2023, 1, 12, 6, 30, 0, 0, record.Vietnam)),
				CapturedAt: time.Date(2026, 11, 20, 1, 2, 3, 4000, time.UTC), MediaType: "text/html", Charset: "utf-8", SHA256: "00ff", Text: text},
			{ID: "bb", URL: "file:///b.txt", Title: "-", Published: record.PublishedOn(record.NoDate), DuplicateOf: "aa", Text: "Không có số."},
		},
		Figures: record.NewFigures(
			record.Figure{ID: id, ArticleID: "aa", Span: at("175"), Printed: "175", Value: record.Int(175), Dims: stock, Qualifier: record.Exactly, Place: old,
				PlaceBasis: record.PlaceText, Period: record.Day(record.DateOf(2022, 12, 31)), PeriodBasis: record.PeriodText, Sentence: at(sentence), Rule: "head-after", Grade: record.GradeA},
			record.Figure{ID: percent, ArticleID: "aa", Span: at("38,8%"), Printed: "38,8%", Value: record.Decimal{Coef: 388, Scale: 1}, Dims: share,
				Qualifier: record.Exactly, Place: old, Of: id, Sentence: at(sentence), Grade: record.GradeC},
		),
		Rejections: []record.Rejection{{ArticleID: "aa", Span: at("8 huyện"), Printed: "8 huyện", Reason: record.NotOurs}},
		Statistics: []record.Statistic{
			{ID: "s1", Dims: stock, Place: old, PlaceNow: "19", RefDate: record.DateOf(2022, 12, 31), Value: record.Int(175), HasValue: true, Low: record.Int(175),
				High: record.Int(175), Qualifier: record.Exactly, Basis: record.Reported, Rank: record.Preferred, Figures: 1, Sources: 1, Conflict: true,
				FirstKnown: record.DateOf(2023, 1, 12), SupersededOn: record.NoDate},
			{ID: "s2", Dims: four, Place: old, PlaceNow: "19", RefDate: record.DateOf(2022, 12, 31), Low: record.Int(67), High: record.Decimal{Coef: 685, Scale: 1},
				Qualifier: record.Exactly, Basis: record.Derived, Derivation: "175 × 38,8 %", Rank: record.Preferred, FirstKnown: record.NoDate, SupersededOn: record.NoDate},
			{ID: "s3", Dims: target, Place: old, PlaceNow: "19", RefDate: record.NoDate, Period: record.Years(2021, 2025), Value: record.Int(200), HasValue: true,
				Low: record.Int(200), High: record.Int(200), Qualifier: record.Exactly, Basis: record.Reported, Rank: record.Preferred, FirstKnown: record.NoDate, SupersededOn: record.NoDate},
		},
		Support: []record.Support{{StatisticID: "s1", FigureID: id, Role: record.Supports}, {StatisticID: "s2", FigureID: percent, Role: record.Derives, Note: "says: 38,8%; soft-date"}},
		Checks: []record.Check{{ID: "c1", Rule: "share-of-whole", Place: old, Period: record.Day(record.DateOf(2022, 12, 31)), Expression: "68 / 175 = 38,857 % → 38,8 %",
			Left: record.Int(68), Right: record.Decimal{Coef: 679, Scale: 1}, Imbalance: record.Decimal{Coef: 1, Scale: 1}, Tolerance: record.Decimal{Coef: 5, Scale: 2},
			Outcome: record.PassedTrunc, Figures: []string{id, percent}}},
		Sources: []table.Source{
			{ID: "bao", Outlet: "Báo", Host: "bao.example", Province: "19", Kind: "sitemap", URL: "https://bao.example/", Authority: "newspaper"},
			{ID: "bao", Outlet: "Báo", Host: "bao.example", Province: "19", Kind: "feed", URL: "https://bao.example/rss", Authority: "newspaper"},
		},
	}
}

// built is the tables of rows, released with the test.
func built(t *testing.T, rows table.Rows) *table.Set {
	t.Helper()
	set, err := table.NewSet(rows)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func options(out, version, previous string) Options {
	return Options{Version: version, Date: record.DateOf(2026, 11, 22), Out: out, Previous: previous}
}
