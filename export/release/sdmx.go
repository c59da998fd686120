package release

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"ocopstat/export/texts"
	"ocopstat/record"
	"ocopstat/table"
)

// The statistics as SDMX: data as SDMX-CSV 1.0, and the data structure definition
// with its code lists as an SDMX-ML 2.1 structure message.
const (
	sdmxData      = "statistics.sdmx.csv"
	sdmxStructure = "sdmx-structure.xml"
	sdmxAgency    = "OCOPSTAT"
	sdmxVersion   = "1.0"
	sdmxFlow      = "DF_OCOP"
)

// component is a dimension or attribute of the data structure.
type component struct {
	id     string
	name   texts.Text
	list   string // its code list, "" for one that has none
	column string // the column of the dictionary that names its codes
	format string // the text type of one without a code list
	value  func(s record.Statistic) string
}

// areaList and statusList are the code lists that the dictionary does not have.
const (
	areaList   = "CL_AREA"
	statusList = "CL_OBS_STATUS"
)

// dimensions are what tells an observation from all others, time besides.
func dimensions() []component {
	coded := func(id, column string, value func(record.Statistic) string) component {
		return component{id: id, list: "CL_" + id, column: column, value: value}
	}
	return []component{
		{id: "REF_AREA", list: areaList, name: texts.Text{EN: "Reference area"}, value: func(s record.Statistic) string { return areaID(s.Place) }},
		coded("SUBJECT", "subject", func(s record.Statistic) string { return string(s.Subject) }),
		coded("UNIT_MEASURE", "measure", func(s record.Statistic) string { return string(s.Measure) }),
		coded("STARS", "stars", func(s record.Statistic) string { return string(s.Stars) }),
		coded("PRODUCER", "producer", func(s record.Statistic) string { return string(s.Producer) }),
		coded("MOVEMENT", "movement", func(s record.Statistic) string { return string(s.Movement) }),
		coded("PLAN", "status", func(s record.Statistic) string { return string(s.Status) }),
		coded("FACET", "facet", func(s record.Statistic) string { return string(s.Facet) }),
	}
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
		{id: "OBS_STATUS", list: statusList, name: texts.Text{EN: "Observation status, from the quality"}, value: func(s record.Statistic) string { return obsStatus[s.Quality] }},
		{id: "QUALIFIER", list: "CL_QUALIFIER", column: "qualifier", value: func(s record.Statistic) string { return string(s.Qualifier) }},
		{id: "BASIS", list: "CL_BASIS", column: "basis", value: func(s record.Statistic) string { return string(s.Basis) }},
		{id: "LOW", column: "low", format: "Double", value: func(s record.Statistic) string { return bound(s.HasLow(), s.Low) }},
		{id: "HIGH", column: "high", format: "Double", value: func(s record.Statistic) string { return bound(s.HasHigh(), s.High) }},
		{id: "N_SOURCES", column: "n_independent_sources", format: "Integer", value: func(s record.Statistic) string { return strconv.Itoa(s.Sources) }},
		{id: "CONFLICT", column: "conflict", format: "Boolean", value: func(s record.Statistic) string { return strconv.FormatBool(s.Conflict) }},
		{id: "STATISTIC_ID", column: "statistic_id", format: "String", value: func(s record.Statistic) string { return s.ID }},
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

// observations are the statistics that are released as SDMX: the preferred ones
// that stand, of a place with a code and of a known time, each once.
func observations(rows table.Rows) []record.Statistic {
	seen := map[string]bool{}
	return slices.DeleteFunc(slices.Clone(rows.Statistics), func(s record.Statistic) bool {
		if s.Rank != record.Preferred || s.SupersededOn.Known() || s.Place.Code == "" || !s.LastDay().Known() {
			return true
		}
		key := timePeriod(s)
		for _, d := range dimensions() {
			key += "|" + d.value(s)
		}
		again := seen[key]
		seen[key] = true
		return again
	})
}

// sdmxCSV writes the observations as SDMX-CSV 1.0.
func sdmxCSV(rows table.Rows) ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	head := []string{"DATAFLOW"}
	for _, d := range dimensions() {
		head = append(head, d.id)
	}
	head = append(head, "TIME_PERIOD", "OBS_VALUE")
	for _, a := range attributes() {
		head = append(head, a.id)
	}
	if err := w.Write(head); err != nil {
		return nil, err
	}
	cell := func(c component, s record.Statistic) string {
		if c.column == "" || c.list == "" {
			return c.value(s)
		}
		return codeID(c.value(s))
	}
	for _, s := range observations(rows) {
		row := []string{fmt.Sprintf("%s:%s(%s)", sdmxAgency, sdmxFlow, sdmxVersion)}
		for _, d := range dimensions() {
			row = append(row, cell(d, s))
		}
		value := ""
		if s.HasValue {
			value = s.Value.String()
		}
		row = append(row, timePeriod(s), value)
		for _, a := range attributes() {
			row = append(row, cell(a, s))
		}
		if err := w.Write(row); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return b.Bytes(), w.Error()
}

// code is an entry of a code list.
type code struct {
	id   string
	name texts.Text
}

// codeLists makes the code lists, by their names: every code of the dictionary,
// and those that were made by joining or in other words.
func codeLists(rows table.Rows, descriptions []table.Description) map[string][]code {
	labels := texts.NewLabels(descriptions)
	out := map[string][]code{
		statusList: {{"A", texts.Of("sdmx.firm")}, {"P", texts.Of("sdmx.single")}, {"U", texts.Of("sdmx.doubtful")}},
	}
	seen := map[string]bool{}
	add := func(list, id string, name texts.Text) {
		if !seen[list+" "+id] {
			seen[list+" "+id] = true
			out[list] = append(out[list], code{id, name})
		}
	}
	for _, p := range rows.Places {
		if p.Code != "" {
			add(areaList, areaID(p.Place), texts.Text{VI: p.Name, EN: p.Name})
		}
	}
	for _, c := range slices.Concat(dimensions(), attributes()) {
		if c.list == "" || c.column == "" {
			continue
		}
		for _, d := range descriptions {
			if d.Column == c.column && d.Code != "" {
				value := strings.Replace(d.Code, table.EmptyCode, "", 1)
				add(c.list, codeID(value), labels.Of(c.column, value))
			}
		}
		for _, s := range observations(rows) {
			add(c.list, codeID(c.value(s)), labels.Of(c.column, c.value(s)))
		}
	}
	return out
}

// sdmxDefinition writes the data structure definition.
func sdmxDefinition(a about, rows table.Rows) ([]byte, error) {
	descriptions, err := table.Descriptions()
	if err != nil {
		return nil, err
	}
	d := &definition{title: texts.Text{EN: a.title()}, descriptions: descriptions}
	d.printf(xml.Header+`<mes:Structure xmlns:mes="%[1]s/message" xmlns:str="%[1]s/structure" xmlns:com="%[1]s/common">
<mes:Header><mes:ID>ocopstat</mes:ID><mes:Test>false</mes:Test><mes:Prepared>%[2]sT00:00:00Z</mes:Prepared><mes:Sender id="%[3]s"/></mes:Header>
<mes:Structures>
<str:Dataflows><str:Dataflow id="%[4]s"%[5]s>%[6]s<str:Structure><Ref id="OCOP"%[5]s package="datastructure" class="DataStructure"/></str:Structure></str:Dataflow></str:Dataflows>
`, "http://www.sdmx.org/resources/sdmxml/schemas/v2_1", a.Date, sdmxAgency, sdmxFlow, maintained, names(d.title))
	all := slices.Concat(dimensions(), attributes())
	d.codeLists(all, codeLists(rows, descriptions))
	d.concepts(append(slices.Clone(all), component{id: "TIME_PERIOD", name: texts.Text{EN: "Time period"}}, component{id: "OBS_VALUE", name: texts.Text{EN: "Observation value"}}))
	d.structure()
	d.printf("</mes:Structures>\n</mes:Structure>\n")
	return d.Bytes(), nil
}

// maintained is what every artefact of ours says of its owner and version.
const maintained = ` agencyID="` + sdmxAgency + `" version="` + sdmxVersion + `"`

// definition is a structure message in the making.
type definition struct {
	bytes.Buffer
	title        texts.Text
	descriptions []table.Description
}

func (d *definition) printf(format string, values ...any) { fmt.Fprintf(d, format, values...) }

func (d *definition) codeLists(components []component, lists map[string][]code) {
	d.printf("<str:Codelists>\n")
	for _, c := range components {
		if c.list == "" {
			continue
		}
		d.printf("<str:Codelist id=\"%s\"%s>%s\n", c.list, maintained, names(heading(d.descriptions, c)))
		for _, code := range lists[c.list] {
			d.printf("<str:Code id=\"%s\">%s</str:Code>\n", code.id, names(code.name))
		}
		d.printf("</str:Codelist>\n")
	}
	d.printf("</str:Codelists>\n")
}

func (d *definition) concepts(components []component) {
	d.printf("<str:Concepts><str:ConceptScheme id=\"CS_OCOP\"%s>%s\n", maintained, names(d.title))
	for _, c := range components {
		d.printf("<str:Concept id=\"%s\">%s</str:Concept>\n", c.id, names(heading(d.descriptions, c)))
	}
	d.printf("</str:ConceptScheme></str:Concepts>\n")
}

// structure writes the dimensions, attributes and the measure.
func (d *definition) structure() {
	d.printf("<str:DataStructures><str:DataStructure id=\"OCOP\"%s>%s<str:DataStructureComponents>\n<str:DimensionList id=\"DimensionDescriptor\">\n", maintained, names(d.title))
	for i, c := range dimensions() {
		d.printf("<str:Dimension id=\"%s\" position=\"%d\">%s</str:Dimension>\n", c.id, i+1, c.represented())
	}
	time := component{id: "TIME_PERIOD", format: "ObservationalTimePeriod"}
	d.printf("<str:TimeDimension id=\"%s\" position=\"%d\">%s</str:TimeDimension>\n</str:DimensionList>\n<str:AttributeList id=\"AttributeDescriptor\">\n",
		time.id, len(dimensions())+1, time.represented())
	for _, c := range attributes() {
		need := "Conditional"
		if c.list == statusList {
			need = "Mandatory"
		}
		d.printf("<str:Attribute id=\"%s\" assignmentStatus=\"%s\">%s<str:AttributeRelationship><str:PrimaryMeasure><Ref id=\"OBS_VALUE\"/></str:PrimaryMeasure></str:AttributeRelationship></str:Attribute>\n",
			c.id, need, c.represented())
	}
	measure := component{id: "OBS_VALUE", format: "Double"}
	d.printf("</str:AttributeList>\n<str:MeasureList id=\"MeasureDescriptor\"><str:PrimaryMeasure id=\"%s\">%s</str:PrimaryMeasure></str:MeasureList>\n</str:DataStructureComponents></str:DataStructure></str:DataStructures>\n",
		measure.id, measure.represented())
}

// represented is the concept that a component stands for, and the codes or type of its values.
func (c component) represented() string {
	concept := `<str:ConceptIdentity><Ref id="` + c.id + `" maintainableParentID="CS_OCOP" maintainableParentVersion="` + sdmxVersion + `" agencyID="` + sdmxAgency +
		`" package="conceptscheme" class="Concept"/></str:ConceptIdentity><str:LocalRepresentation>`
	if c.list == "" {
		return concept + `<str:TextFormat textType="` + c.format + `"/></str:LocalRepresentation>`
	}
	return concept + `<str:Enumeration><Ref id="` + c.list + `"` + maintained + ` package="codelist" class="Codelist"/></str:Enumeration></str:LocalRepresentation>`
}

// names writes a name in the languages that it is there in.
func names(t texts.Text) string {
	var out strings.Builder
	for _, l := range [][2]string{{"en", cmp.Or(t.EN, t.VI)}, {"vi", t.VI}} {
		if l[1] != "" {
			out.WriteString(`<com:Name xml:lang="` + l[0] + `">`)
			_ = xml.EscapeText(&out, []byte(l[1])) // a builder takes all
			out.WriteString("</com:Name>")
		}
	}
	return out.String()
}

// heading is what a component is called: by the dictionary where it has it.
func heading(descriptions []table.Description, c component) texts.Text {
	for _, d := range descriptions {
		if c.column != "" && d.Column == c.column && d.Code == "" {
			return texts.Text{VI: d.LabelVI, EN: d.LabelEN}
		}
	}
	return c.name
}
