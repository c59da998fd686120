package reconcile

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"testing"

	"ocopstat/record"
)

// world makes n figures of the kind that articles print: over eight years the
// 63 provinces report each month their stock by star level, their producers by
// type with shares, and at the end of a year what they recognised. Each report
// is taken up by several outlets; a few figures are wrong, some are bounds,
// some are dated softly.
func world(n int) Input {
	r := rand.New(rand.NewPCG(1, uint64(n)))
	w := worldMaker{in: Input{Figures: &record.Figures{}, Articles: map[string]Source{}, AsOf: record.NoDate, Places: nowhere{}}, r: r}
	copies := max(1, n/63/96/16)
	for w.in.Figures.Len() < n {
		before := w.in.Figures.Len()
		for month := 0; month < 96 && w.in.Figures.Len() < n; month++ {
			for province := 0; province < 63 && w.in.Figures.Len() < n; province++ {
				for range copies {
					w.article(province, month)
				}
			}
		}
		if w.in.Figures.Len() == before {
			break
		}
	}
	return w.in
}

type worldMaker struct {
	in Input
	r  *rand.Rand
}

func (w *worldMaker) article(province, month int) {
	id := fmt.Sprintf("%012x", len(w.in.Articles))
	year, m := 2018+month/12, month%12+1
	day := record.DateOf(year, m, 1+w.r.IntN(28))
	outlet := w.r.IntN(40)
	w.in.Articles[id] = Source{
		Article:   record.Article{ID: id, SourceID: fmt.Sprintf("outlet%02d", outlet), Published: record.PublishedOn(day), CapturedAt: day.Time()},
		Authority: 1 + outlet%4,
	}
	code := fmt.Sprintf("%02d", province+1)
	p := record.Place{Level: record.LevelProvince, Code: code, Vintage: record.Vintage63, Name: "Tỉnh " + code, Province: code, ProvinceName: "Tỉnh " + code}
	three, four, five := int64(20+3*month+province), int64(5+month), int64(month/24)
	total := three + four + five
	period, basis := record.Month(year, m), record.PeriodText
	if w.r.IntN(4) == 0 {
		period, basis = record.Day(day), record.PeriodPublished
	}
	start := 0
	add := func(d record.Dims, v record.Decimal, period record.Period, basis record.PeriodBasis, q record.Qualifier) {
		if w.r.IntN(50) == 0 {
			v.Coef += 1 + int64(w.r.IntN(9))
		}
		start += 40
		w.in.Figures.Append(&record.Figure{
			ID: record.FigureID(id, start, 0), ArticleID: id, Span: record.Span{Start: start, End: start + 3}, Printed: v.String(),
			Value: v, Dims: d, Qualifier: q, Place: p, PlaceBasis: record.PlaceText, Period: period, PeriodBasis: basis,
			Rule: "made", Grade: record.GradeA,
		})
	}
	stock := record.Dims{Subject: record.Product, Measure: record.Count, Movement: record.Stock, Status: record.Actual}
	for i, stars := range []record.Stars{record.StarsAny, record.Stars3, record.Stars4, record.Stars5} {
		d := stock
		d.Stars = stars
		add(d, record.Int([]int64{total, three, four, five}[i]), period, basis, record.Exactly)
	}
	d := stock
	add(d, record.Int(total-5), period, basis, record.Over)
	d.Stars, d.Measure = record.Stars4, record.Percent
	add(d, record.Decimal{Coef: 1000 * four / total, Scale: 1}, period, basis, record.Exactly)
	makers := stock
	makers.Subject = record.Producer
	kinds := []int64{total / 6, total / 4, total / 20, total / 3}
	sum := kinds[0] + kinds[1] + kinds[2] + kinds[3]
	add(makers, record.Int(sum), period, basis, record.Exactly)
	for i, kind := range record.ProducerTypes() {
		d := makers
		d.Producer = kind
		if w.r.IntN(3) == 0 {
			d.Measure = record.Percent
			add(d, record.Decimal{Coef: (2000*kinds[i] + sum) / (2 * sum), Scale: 1}, period, basis, record.Exactly)
		} else {
			add(d, record.Int(kinds[i]), period, basis, record.Exactly)
		}
	}
	d = stock
	d.Facet = record.Ecommerce
	add(d, record.Int(total*8/10), period, basis, record.Exactly)
	flow := stock
	flow.Movement = record.New
	add(flow, record.Int(48), record.Years(year, year), record.PeriodText, record.Exactly)
	flow.Status = record.Target
	add(flow, record.Int(40), record.Years(year, year), record.PeriodText, record.AtLeast)
}

// stream goes through all rows, as whoever writes them does, and counts them.
func stream(r Result) (rows int) {
	for _, support := range r.Statistics {
		rows += 1 + len(support)
	}
	for range r.Checks {
		rows++
	}
	return rows
}

func BenchmarkRun(b *testing.B) {
	for _, n := range []int{10_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			in := world(n)
			runtime.GC()
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			b.ReportAllocs()
			b.ResetTimer()
			for b.Loop() {
				if stream(Run(in)) < n/100 {
					b.Fatal("hardly a row")
				}
			}
			b.StopTimer()
			runtime.ReadMemStats(&after)
			b.ReportMetric(float64(after.Sys)/(1<<20), "MiB-sys")
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/figure")
		})
	}
}

// quarrel makes n figures that contradict each other everywhere: any value for
// anything, anywhere, at any time. Nearly every one becomes a statistic.
func quarrel(n int) Input {
	r := rand.New(rand.NewPCG(7, 7))
	in := Input{Articles: map[string]Source{}, AsOf: record.NoDate, Places: nowhere{}, Figures: &record.Figures{}}
	choose := func(list ...string) string { return list[r.IntN(len(list))] }
	for i := range n {
		id := fmt.Sprintf("%012x", i/12)
		if i%12 == 0 {
			day := record.DateOf(2018, 1, 1) + record.Date(r.IntN(8*365))
			in.Articles[id] = Source{
				Article:   record.Article{ID: id, SourceID: fmt.Sprint(r.IntN(300)), Published: record.PublishedOn(day), CapturedAt: day.Time()},
				Authority: r.IntN(5),
			}
		}
		day := in.Articles[id].Article.Published.Date
		code := fmt.Sprintf("%02d", i/12%63+1)
		f := record.Figure{
			ID: record.FigureID(id, i%12*40, 0), ArticleID: id, Value: record.Int(int64(1 + r.IntN(500))), Qualifier: record.Exactly,
			Place: record.Place{Level: record.LevelProvince, Code: code, Vintage: record.Vintage63, Name: code, Province: code, ProvinceName: code},
			Dims: record.Dims{
				Subject: record.Subject(choose("product", "producer")), Measure: record.Measure(choose("count", "count", "percent")),
				Stars: record.Stars(choose("", "3", "4", "5", "3+", "3-4")), Producer: record.ProducerType(choose("", "", "enterprise", "household")),
				Movement: record.Movement(choose("stock", "stock", "new", "recognised", "renewed")), Status: record.Status(choose("actual", "actual", "target")),
			},
			Period: record.Month(day.Year(), 1+r.IntN(12)), PeriodBasis: record.PeriodText,
		}
		if !isStock(f.Dims) {
			f.Period = record.Years(day.Year(), day.Year())
		}
		in.Figures.Append(&f)
	}
	return in
}

func BenchmarkQuarrel(b *testing.B) {
	for _, n := range []int{10_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			in := quarrel(n)
			b.ReportAllocs()
			for b.Loop() {
				stream(Run(in))
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/figure")
		})
	}
}
