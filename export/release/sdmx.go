package release

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"ocopstat/export/texts"
	"ocopstat/record"
	"ocopstat/table"
)

// The statistics as SDMX: data as SDMX-CSV 1.0 and as SDMX-ML 2.1, and the data
// structure definition with its code lists as an SDMX-ML 2.1 structure message. The
// templates have what is the same in every release.
const (
	sdmxData      = "statistics.sdmx.csv"
	sdmxSeries    = "statistics.sdmx.xml"
	sdmxStructure = "sdmx-structure.xml"
	sdmxFlow      = "OCOPSTAT:DF_OCOP(1.0)"
)

// component is a dimension or attribute of the data structure.
type component struct {
	ID     string
	Name   texts.Text // by the dictionary, where it has the column
	List   string     // its code list, "" for one that has none
	Format string     // the text type of one without a code list
	column string     // of the dictionary that names its codes
	value  func(s *record.Statistic) string
}

// areaList and statusList are the code lists that the dictionary does not have.
const (
	areaList   = "CL_AREA"
	statusList = "CL_OBS_STATUS"
)

// dimensions are what tells an observation from all others, time besides.
func dimensions() []component {
	out := []component{{ID: "REF_AREA", List: areaList, Name: texts.Text{EN: "Reference area"}, value: func(s *record.Statistic) string { return areaID(s.Place) }}}
	columns := []string{"subject", "measure", "stars", "producer", "movement", "status", "facet"} // in the order of Dims.Codes
	for i, id := range []string{"SUBJECT", "UNIT_MEASURE", "STARS", "PRODUCER", "MOVEMENT", "PLAN", "FACET"} {
		out = append(out, component{ID: id, List: "CL_" + id, column: columns[i], value: func(s *record.Statistic) string { codes := s.Codes(); return codes[i] }})
	}
	return out
}

// attributes are what is said of an observation.
func attributes() []component {
	bound := func(known bool, v record.Decimal) string {
		if !known {
			return ""
		}
		return v.String()
	}
	return []component{
		{ID: "OBS_STATUS", List: statusList, Name: texts.Text{EN: "Observation status, from the quality"}, value: func(s *record.Statistic) string { return obsStatus[s.Quality] }},
		{ID: "QUALIFIER", List: "CL_QUALIFIER", column: "qualifier", value: func(s *record.Statistic) string { return string(s.Qualifier) }},
		{ID: "BASIS", List: "CL_BASIS", column: "basis", value: func(s *record.Statistic) string { return string(s.Basis) }},
		{ID: "LOW", column: "low", Format: "Double", value: func(s *record.Statistic) string { return bound(s.HasLow(), s.Low) }},
		{ID: "HIGH", column: "high", Format: "Double", value: func(s *record.Statistic) string { return bound(s.HasHigh(), s.High) }},
		{ID: "N_SOURCES", column: "n_independent_sources", Format: "Integer", value: func(s *record.Statistic) string { return strconv.Itoa(s.Sources) }},
		{ID: "CONFLICT", column: "conflict", Format: "Boolean", value: func(s *record.Statistic) string { return strconv.FormatBool(s.Conflict) }},
		{ID: "STATISTIC_ID", column: "statistic_id", Format: "String", value: func(s *record.Statistic) string { return s.ID }},
	}
}

// obsStatus gives the qualities their codes of SDMX's own list: normal,
// provisional, of low reliability.
var obsStatus = map[record.Quality]string{record.Firm: "A", record.Single: "P", record.DoubtfulQuality: "U", "": "A"}

// areaID names a place: its division, level and code, since one code can mean two
// territories.
func areaID(p record.Place) string {
	if p.Level == record.LevelCountry {
		return p.Code
	}
	return string(p.Vintage) + "_" + strings.ToUpper(string(p.Level)[:1]) + p.Code
}

// codeID writes a code as SDMX takes one: letters, digits, hyphens and underscores,
// "_T" for the total. What that loses makes a digest of the code part of it.
func codeID(code string) string {
	signs := map[string]string{"": "_T", "=": "EQ", ">=": "GE", ">": "GT", "<=": "LE", "<": "LT", "~": "ABOUT"}
	if id, ok := signs[code]; ok {
		return id
	}
	plain, lost := strings.Builder{}, false
	rest, more := strings.CutSuffix(code, "+")
	for _, r := range rest {
		switch {
		case r < 0x80 && (r == '-' || r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'):
			plain.WriteRune(r)
		case r == '+':
			plain.WriteString("_AND_")
		default:
			lost = true
			plain.WriteByte('_')
		}
	}
	if more {
		plain.WriteString("_UP")
	}
	if lost {
		sum := sha256.Sum256([]byte(code))
		plain.WriteString("_" + hex.EncodeToString(sum[:3]))
	}
	return plain.String()
}

// timePeriod writes a day, month or year as ISO 8601 has it, and any other period
// as its first day and its length.
func timePeriod(s record.Statistic) string {
	if s.RefDate.Known() {
		return s.RefDate.String()
	}
	short := s.Period.String()
	if !strings.Contains(short, "/") {
		return short
	}
	y1, m1, d1 := s.Period.Start.Civil()
	y2, m2, d2 := s.Period.End.Civil()
	switch months := (y2-y1)*12 + m2 - m1; {
	case d1 != d2 || d1 != 1:
		return fmt.Sprintf("%s/P%dD", s.Period.Start, s.Period.End-s.Period.Start)
	case months%12 == 0:
		return fmt.Sprintf("%s/P%dY", s.Period.Start, months/12)
	default:
		return fmt.Sprintf("%s/P%dM", s.Period.Start, months)
	}
}

// code is an entry of a code list.
type code struct {
	ID   string
	Name texts.Text
}

// coded is a component and its value, "" for none.
type coded struct{ ID, Value string }

// observation is one statistic as SDMX has it.
type observation struct {
	Time, Value string
	Attributes  []coded
}

// timeSeries are the observations with one key.
type timeSeries struct {
	Key          []coded
	Observations []observation
}

// sdmx is what the files for statistical offices hold.
type sdmx struct {
	Date                               record.Date
	Title                              texts.Text
	Dimensions, Attributes, Components []component // all of them are the last
	Lists                              map[string][]code
	Series                             []*timeSeries
}

// newSDMX gathers the observations: the preferred statistics that stand, of a place
// with a code and of a known time, each once; and the code lists: every code of the
// dictionary, and those that were made by joining or in other words.
func newSDMX(a about, rows table.Rows) (*sdmx, error) {
	descriptions, err := table.Descriptions()
	if err != nil {
		return nil, err
	}
	labels := texts.NewLabels(descriptions)
	x := &sdmx{Date: a.Date, Title: texts.Text{EN: a.Title()}, Dimensions: dimensions(), Attributes: attributes(), Lists: map[string][]code{}}
	seen := map[string]bool{}
	add := func(list, id string, name texts.Text) {
		if !seen[list+" "+id] {
			seen[list+" "+id] = true
			x.Lists[list] = append(x.Lists[list], code{id, name})
		}
	}
	for _, d := range []struct{ id, key string }{{"A", "sdmx.firm"}, {"P", "sdmx.single"}, {"U", "sdmx.doubtful"}} {
		add(statusList, d.id, texts.Of(d.key))
	}
	for _, p := range rows.Places {
		if p.Code != "" {
			add(areaList, areaID(p.Place), texts.Text{VI: p.Name, EN: p.Name})
		}
	}
	for _, list := range [][]component{x.Dimensions, x.Attributes} {
		for i, c := range list {
			for _, d := range descriptions {
				switch {
				case c.column == "" || d.Column != c.column:
				case d.Code == "" && list[i].Name == (texts.Text{}):
					list[i].Name = texts.Text{VI: d.LabelVI, EN: d.LabelEN}
				case d.Code != "" && c.List != "":
					value := strings.Replace(d.Code, table.EmptyCode, "", 1)
					add(c.List, codeID(value), labels.Of(c.column, value))
				}
			}
		}
		x.Components = append(x.Components, list...)
	}
	cells := func(list []component, s *record.Statistic) (out []coded) {
		for _, c := range list {
			value := c.value(s)
			if c.List != "" && c.column != "" {
				name := labels.Of(c.column, value)
				value = codeID(value)
				add(c.List, value, name)
			}
			out = append(out, coded{c.ID, value})
		}
		return out
	}
	series, known := map[string]*timeSeries{}, map[string]bool{}
	for i := range rows.Statistics {
		s := &rows.Statistics[i]
		if s.Rank != record.Preferred || s.SupersededOn.Known() || s.Place.Code == "" || !s.LastDay().Known() {
			continue
		}
		o := observation{Time: timePeriod(*s)}
		key := cells(x.Dimensions, s)
		name := fmt.Sprint(key)
		if known[name+o.Time] {
			continue
		}
		known[name+o.Time] = true
		if s.HasValue {
			o.Value = s.Value.String()
		}
		o.Attributes = cells(x.Attributes, s)
		if series[name] == nil {
			series[name] = &timeSeries{Key: key}
			x.Series = append(x.Series, series[name])
		}
		series[name].Observations = append(series[name].Observations, o)
	}
	return x, nil
}

// csv writes the observations as SDMX-CSV 1.0.
func (x *sdmx) csv() ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	row := []string{"DATAFLOW"}
	for _, d := range x.Dimensions {
		row = append(row, d.ID)
	}
	row = append(row, "TIME_PERIOD", "OBS_VALUE")
	for _, a := range x.Attributes {
		row = append(row, a.ID)
	}
	if err := w.Write(row); err != nil {
		return nil, err
	}
	for _, s := range x.Series {
		for _, o := range s.Observations {
			row = []string{sdmxFlow}
			for _, c := range s.Key {
				row = append(row, c.Value)
			}
			row = append(row, o.Time, o.Value)
			for _, c := range o.Attributes {
				row = append(row, c.Value)
			}
			if err := w.Write(row); err != nil {
				return nil, err
			}
		}
	}
	w.Flush()
	return b.Bytes(), w.Error()
}
