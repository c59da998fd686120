package provenance

import (
	"strings"

	"ocopstat/export/texts"
	"ocopstat/record"
)

// Lines tells the account in sentences, at most few of a kind: how it stands, how it
// was worked out, why it was chosen, what was corrected or is said instead, and the
// arithmetic. It leaves out the witnesses.
func (a *Account) Lines(words texts.Labels, few int) []texts.Text {
	out := a.Standing(words)
	say := func(key string, values ...any) { out = append(out, texts.Of(key, values...)) }
	if a.Derivation != "" {
		say("account.worked-out", a.Derivation)
	}
	if a.Choice != "" {
		say("account.chosen", remarks(a.Choice))
	}
	for _, o := range a.Alternatives[:min(few, len(a.Alternatives))] {
		switch {
		case o.Corrected:
			say("account.corrected", Amount(o.Statistic))
		case o.SupersededOn.Known():
			say("account.superseded", Amount(o.Statistic), words.Of("rank", string(o.Rank)), day(o.SupersededOn))
		default:
			say("account.instead", Amount(o.Statistic), words.Of("rank", string(o.Rank)))
		}
	}
	if more := len(a.Alternatives) - few; more > 0 {
		say("account.more-values", more)
	}
	for _, c := range a.Checks[:min(few, len(a.Checks))] {
		check := texts.Of("account.check", words.Of("rule", c.Rule), c.Expression, words.Of("outcome", string(c.Outcome)))
		if c.Suggestion != "" {
			check = texts.Of("account.perhaps", check, remarks(c.Suggestion))
		}
		out = append(out, check)
	}
	if more := len(a.Checks) - few; more > 0 {
		say("account.more-checks", more)
	}
	return out
}

// Standing tells where the value comes from and since when it is known, how far it can
// be relied on, and what it has grown or fallen from.
func (a *Account) Standing(words texts.Labels) []texts.Text {
	out := []texts.Text{a.source(words)}
	if a.Quality != "" {
		out = append(out, texts.Of("account.quality", words.Of("quality", string(a.Quality)), remarks(a.QualityReason)))
	}
	if g := a.Growth(); g != (texts.Text{}) {
		out = append(out, g)
	}
	return out
}

// source says where the value comes from: "reported, 2 independent sources, known
// since 2023-01-20, in conflict".
func (a *Account) source(words texts.Labels) texts.Text {
	list := []texts.Text{words.Of("basis", string(a.Basis)), Sources(a.Statistic)}
	if a.FirstKnown.Known() {
		list = append(list, texts.Of("account.known", day(a.FirstKnown)))
	}
	if a.Rounding != record.RoundingNone {
		list = append(list, words.Of("rounding", string(a.Rounding)))
	}
	if a.Conflict {
		list = append(list, texts.Of("account.conflict"))
	}
	var vi, en []string
	for _, t := range list {
		vi, en = append(vi, t.VI), append(en, t.EN)
	}
	return texts.Text{VI: strings.Join(vi, ", "), EN: strings.Join(en, ", ")}
}

// Sources says how many independent sources a statistic has.
func Sources(s *record.Statistic) texts.Text {
	if s.Sources == 1 {
		return texts.Of("account.one-source")
	}
	return texts.Of("account.sources", s.Sources)
}

// Growth says what a stock has grown or fallen by since the one before, nothing where
// none is known.
func (a *Account) Growth() texts.Text {
	if a.Before == nil {
		return texts.Text{}
	}
	now, _ := a.Value.Whole()
	then, _ := a.Before.Value.Whole()
	since, before := day(a.Before.RefDate), Amount(a.Before)
	switch {
	case now > then:
		return texts.Of("account.grown", number(record.Int(now-then)), since, before)
	case now < then:
		return texts.Of("account.fallen", number(record.Int(then-now)), since, before)
	}
	return texts.Of("account.unchanged", since)
}

// Amount is the number of a statistic with its bound: "175", "≥ 40", "12–14", "38,8 %".
func Amount(s *record.Statistic) texts.Text {
	unit := ""
	if s.Measure == record.Percent {
		unit = " %"
	}
	if !s.HasValue {
		low, high := number(s.Low), number(s.High)
		return texts.Text{VI: low.VI + "–" + high.VI + unit, EN: low.EN + " to " + high.EN + unit}
	}
	v := number(s.Value)
	return texts.Text{VI: s.Qualifier.Sign() + v.VI + unit, EN: s.Qualifier.Sign() + v.EN + unit}
}

// number prints a number with a comma before its decimals, in English without a sign
// between thousands.
func number(d record.Decimal) texts.Text {
	return texts.Text{VI: d.VI(), EN: strings.Replace(d.String(), ".", ",", 1)}
}

func day(d record.Date) texts.Text { return texts.Text{VI: d.VI(), EN: d.String()} }

// remarks puts a cell of remarks into words.
func remarks(cell string) texts.Text {
	return texts.Text{VI: record.RemarksVI(cell), EN: record.RemarksEN(cell)}
}
