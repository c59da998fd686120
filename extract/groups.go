package extract

import "ocopstat/record"

// difference says in what a part differs from its whole.
type difference struct{ subject, stars, producer, movement, status, facet bool }

// groups gathers the figures of an article that name another one as their whole.
func groups(figures []record.Figure) []record.Group {
	type division struct {
		whole    string
		sentence record.Span
		difference
		relation record.Relation
	}
	at := make(map[string]*record.Figure, len(figures))
	for i := range figures {
		at[figures[i].ID] = &figures[i]
	}
	var out []record.Group
	index := map[division]int{}
	for i := range figures {
		part := &figures[i]
		whole := at[part.Of]
		if whole == nil {
			continue
		}
		d := division{whole: whole.ID, sentence: part.Sentence, difference: difference{
			whole.Subject != part.Subject, whole.Stars != part.Stars, whole.Producer != part.Producer,
			whole.Movement != part.Movement, whole.Status != part.Status, whole.Facet != part.Facet,
		}}
		d.relation = relation(d.difference, whole, part)
		n, ok := index[d]
		if !ok {
			n = len(out)
			index[d] = n
			out = append(out, record.Group{Whole: whole.ID, Relation: d.relation})
		}
		out[n].Parts = append(out[n].Parts, part.ID)
	}
	return out
}

func relation(d difference, whole, part *record.Figure) record.Relation {
	switch {
	case part.Measure == record.Percent:
		return record.Shares
	case d == difference{stars: true}:
		return record.ByStars
	case d == difference{producer: true}:
		return record.ByProducer
	case d == difference{movement: true}:
		return record.ByMovement
	case d == difference{facet: true}:
		return record.ByFacet
	case d == difference{subject: true}, d == difference{subject: true, producer: true}:
		return record.Makers
	case d != difference{}:
		return record.OtherParts
	case part.Place != whole.Place:
		return record.ByPlace
	}
	return record.SameWords
}
