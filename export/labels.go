package export

import (
	"cmp"
	"strings"

	"ocopstat/record"
	"ocopstat/table"
)

// labels gives the words of the data dictionary for a column's code.
type labels map[[2]string]table.Description

func newLabels(descriptions []table.Description) labels {
	l := labels{}
	for _, d := range descriptions {
		if key := [2]string{d.Column, d.Code}; l[key].Column == "" {
			l[key] = d // the first table that has the column speaks for its codes
		}
	}
	return l
}

// word returns the words for a code in both languages; a code that is not in
// the dictionary stands for itself.
func (l labels) word(column, code string) (vi, en string) {
	if column == "producer" && strings.Contains(code, "+") {
		var vis, ens []string
		for part := range strings.SplitSeq(code, "+") {
			v, e := l.word(column, part)
			vis, ens = append(vis, v), append(ens, e)
		}
		return strings.Join(vis, " và "), strings.Join(ens, " and ")
	}
	if rest, ok := strings.CutPrefix(code, "other:"); ok && column == "facet" {
		return cmp.Or(otherFacets[rest], "khác: "+rest), rest
	}
	key := code
	if key == "" {
		key = table.EmptyCode
	}
	if d, ok := l[[2]string{column, key}]; ok {
		return d.LabelVI, d.LabelEN
	}
	return code, code
}

// both returns "chữ Việt / English word" for a code.
func (l labels) both(column, code string) string { return bilingual(l.word(column, code)) }

func bilingual(vi, en string) string {
	if vi == en || en == "" {
		return vi
	}
	return vi + " / " + en
}

// indicator says in a few words what a number with these dimensions counts:
// "sản phẩm 4 sao · thực phẩm · hiện có", "products, 4 stars, food, stock".
func (l labels) indicator(d record.Dims) (vi, en string) {
	vi, en = l.word("subject", string(d.Subject))
	if d.Measure == record.Percent {
		vi, en = "tỷ lệ % "+vi, "percent of "+en
	}
	sep := " · "
	add := func(column, code string, glue string) {
		v, e := l.word(column, code)
		vi, en = vi+glue+v, en+", "+e
	}
	if d.Stars != record.StarsAny {
		glue := " "
		if d.Subject == record.Producer {
			glue = " có sản phẩm "
		}
		add("stars", string(d.Stars), glue)
	}
	if d.Producer != record.AnyProducer {
		glue := " của "
		if d.Subject == record.Producer {
			glue = " là "
		}
		add("producer", string(d.Producer), glue)
	}
	if d.Facet != record.FacetAll {
		add("facet", string(d.Facet), sep)
	}
	if d.Status == record.Target && d.Movement == record.Stock {
		return vi + sep + "kế hoạch tổng số", en + ", target for the stock" // "hiện có" would say that they are there
	}
	add("movement", string(d.Movement), sep)
	if d.Status == record.Target {
		add("status", string(d.Status), sep)
	}
	return vi, en
}

// indicatorText is the indicator in both languages, in one cell.
func (l labels) indicatorText(d record.Dims) string {
	vi, en := l.indicator(d)
	return capital(vi) + " / " + en
}

// placeText names a place with its province; division tells whether the name
// needs the division that it belongs to.
func placeText(p record.Place, division bool) string {
	if !p.Known() {
		return "[x]"
	}
	name := p.Name
	if p.Level == record.LevelDistrict || p.Level == record.LevelCommune {
		name = p.Name + ", " + p.ProvinceName
	}
	if division && p.Vintage == record.Vintage63 && p.Level != record.LevelCountry && p.Level != record.LevelRegion {
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
	return "[x]"
}

func capital(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}
