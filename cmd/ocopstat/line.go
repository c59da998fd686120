package main

import "ocopstat/record"

// figureLine is one figure as "extract --format jsonl" prints it.
type figureLine struct {
	Figure    string         `json:"figure"` // the number as printed
	Value     record.Decimal `json:"value"`
	Subject   string         `json:"subject"`
	Measure   string         `json:"measure"`
	Stars     string         `json:"stars"`
	Producer  string         `json:"producer"`
	Movement  string         `json:"movement"`
	Status    string         `json:"status"`
	Facet     string         `json:"facet"`
	Qualifier string         `json:"qualifier"`
	Place     string         `json:"place"`  // as record.Place.Path
	Period    string         `json:"period"` // as record.Period.String
	Start     int            `json:"start"`  // bytes into the article's text
	End       int            `json:"end"`
	Sentence  string         `json:"sentence"`
	Rule      string         `json:"rule"`
	Grade     string         `json:"grade"`
}

func lineOf(a record.Article, f record.Figure) figureLine {
	return figureLine{
		Figure: f.Printed, Value: f.Value,
		Subject: string(f.Subject), Measure: string(f.Measure), Stars: string(f.Stars), Producer: string(f.Producer),
		Movement: string(f.Movement), Status: string(f.Status), Facet: string(f.Facet), Qualifier: string(f.Qualifier),
		Place: f.Place.Path(), Period: f.Period.String(),
		Start: f.Start, End: f.End, Sentence: f.Sentence.Of(a.Text), Rule: f.Rule, Grade: string(f.Grade),
	}
}

// dim returns a dimension by its key.
func (l figureLine) dim(key string) string {
	switch key {
	case "subject":
		return l.Subject
	case "measure":
		return l.Measure
	case "stars":
		return l.Stars
	case "producer":
		return l.Producer
	case "movement":
		return l.Movement
	case "status":
		return l.Status
	case "facet":
		return l.Facet
	case "qualifier":
		return l.Qualifier
	case "place":
		return l.Place
	case "period":
		return l.Period
	}
	return ""
}
