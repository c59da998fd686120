package export

import (
	"strings"

	"ocopstat/export/texts"
	"ocopstat/record"
)

// tabOf is the name of a sheet by its key.
func tabOf(key string) string { return texts.Of(key).VI }

// facetLabel names a kind of product or producer; those without a code of their
// own are kinds of the lexicon.
func facetLabel(l texts.Labels, facet string) texts.Text {
	rest, other := strings.CutPrefix(facet, "other:")
	switch key := "facet.other." + rest; {
	case !other:
		return l.Of("facet", facet)
	case texts.Has(key):
		return texts.Of(key)
	}
	return texts.Of("facet.other", rest)
}

// ruleText names a check.
func ruleText(rule string) string {
	if key := "rule." + rule; texts.Has(key) {
		return texts.Both(key)
	}
	return rule
}

// reason puts the reasons of a statistic, a check or a support into both
// languages.
func reason(remarks string) string {
	return texts.Text{VI: record.RemarksVI(remarks), EN: record.RemarksEN(remarks)}.Both()
}

// indicator says in a few words what a number with these dimensions counts:
// "sản phẩm 4 sao · thực phẩm · hiện có", "products, 4 stars, food, stock".
func indicator(l texts.Labels, d record.Dims) texts.Text {
	t := l.Of("subject", string(d.Subject))
	if d.Measure == record.Percent {
		t = texts.Of("indicator.percent", t)
	}
	stars, producer := "indicator.stars", "indicator.of"
	if d.Subject == record.Producer {
		stars, producer = "indicator.producer-stars", "indicator.is"
	}
	if d.Stars != record.StarsAny {
		t = texts.Of(stars, t, l.Of("stars", string(d.Stars)))
	}
	if d.Producer != record.AnyProducer {
		t = texts.Of(producer, t, l.Of("producer", string(d.Producer)))
	}
	if d.Facet != record.FacetAll {
		t = texts.Of("indicator.with", t, facetLabel(l, string(d.Facet)))
	}
	if d.Status == record.Target && d.Movement == record.Stock {
		return texts.Of("indicator.stock-target", t) // "hiện có" would say that they are there
	}
	t = texts.Of("indicator.with", t, l.Of("movement", string(d.Movement)))
	if d.Status == record.Target {
		t = texts.Of("indicator.with", t, l.Of("status", string(d.Status)))
	}
	return t
}

// indicatorText is the indicator in both languages, in one cell.
func (b *book) indicatorText(d record.Dims) string {
	t := indicator(b.label, d)
	return texts.Capital(t.VI) + " / " + t.EN
}

// placeText names a place with its province, and with its division where the
// country has another today.
func placeText(p record.Place) string {
	if !p.Known() {
		return na
	}
	name := p.Name
	if p.Level == record.LevelDistrict || p.Level == record.LevelCommune {
		name = p.Name + ", " + p.ProvinceName
	}
	if p.Vintage == record.Vintage63 && p.Level != record.LevelCountry && p.Level != record.LevelRegion {
		name += " (63)"
	}
	return name
}

// timeText is the date of a stock or the period of a flow or target.
func timeText(s *record.Statistic) string {
	if s.RefDate.Known() {
		return s.RefDate.VI()
	}
	if s.Period.Known() {
		return s.Period.VI()
	}
	return na
}
