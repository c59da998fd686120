package record

// Line is a figure as one line of JSON: what the program prints of it, and in
// the same words what a person annotates.
type Line struct {
	Figure string  `json:"figure"` // the number as printed
	Value  Decimal `json:"value"`
	Dims
	Qualifier  Qualifier `json:"qualifier"`
	Place      string    `json:"place"`  // as Place.Path writes it: "Hậu Giang/Long Mỹ"
	Period     string    `json:"period"` // as Period.String does
	Start      int       `json:"start"`  // bytes into the article's text
	End        int       `json:"end"`
	Sentence   string    `json:"sentence"`
	Rule       string    `json:"rule"`
	Confidence float64   `json:"confidence"`
	Grade      Grade     `json:"grade"`
}

// Line is the figure as a line; text is that of its article.
func (f Figure) Line(text string) Line {
	return Line{
		Figure: f.Printed, Value: f.Value, Dims: f.Dims, Qualifier: f.Qualifier, Place: f.Place.Path(), Period: f.Period.String(),
		Start: f.Start, End: f.End, Sentence: f.Sentence.Of(text), Rule: f.Rule, Confidence: f.Confidence, Grade: f.Grade,
	}
}

// Dimension is one of the ten dimensions of a line, named as in its JSON; "" for
// any other name.
func (l Line) Dimension(name string) string {
	switch name {
	case "subject":
		return string(l.Subject)
	case "measure":
		return string(l.Measure)
	case "stars":
		return string(l.Stars)
	case "producer":
		return string(l.Producer)
	case "movement":
		return string(l.Movement)
	case "status":
		return string(l.Status)
	case "qualifier":
		return string(l.Qualifier)
	case "facet":
		return string(l.Facet)
	case "place":
		return l.Place
	case "period":
		return l.Period
	}
	return ""
}
