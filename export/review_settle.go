package export

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/xuri/excelize/v2"

	"ocopstat/export/texts"
	"ocopstat/record"
	"ocopstat/table"
)

// settle sets aside marks that contradict each other.
func settle(marks []Mark, problems []Problem) ([]Mark, []Problem) {
	first := map[string]int{}   // by figure
	accepts := map[string]int{} // by statistic
	spoiled := make([]string, len(marks))
	clash := func(i, j int, why string) {
		spoiled[i], spoiled[j] = why+" "+marks[j].from(marks[i].Sheet), why+" "+marks[i].from(marks[j].Sheet)
	}
	for i, m := range marks {
		if j, twice := first[m.FigureID]; !twice {
			first[m.FigureID] = i
		} else if marks[j].Decision != m.Decision || !marks[j].Value.Equal(m.Value) {
			clash(i, j, texts.Both("review.otherwise"))
		}
		if m.Decision != table.Accept || m.StatisticID == "" {
			continue
		}
		if j, other := accepts[m.StatisticID]; !other {
			accepts[m.StatisticID] = i
		} else if !marks[j].Expect.Equal(m.Expect) {
			clash(i, j, texts.Both("review.two-values"))
		}
	}
	var kept []Mark
	for i, m := range marks {
		switch {
		case spoiled[i] != "":
			problems = append(problems, Problem{m.Sheet, m.Cell, spoiled[i]})
		case first[m.FigureID] == i: // a repetition says nothing new
			kept = append(kept, m)
		}
	}
	sortProblems(problems)
	return kept, problems
}

// from is where the mark stands, seen from a sheet.
func (m Mark) from(sheet string) string {
	if m.Sheet == sheet {
		return m.Cell
	}
	return m.Sheet + "!" + m.Cell
}

func sortProblems(problems []Problem) {
	slices.SortStableFunc(problems, func(x, y Problem) int {
		cx, rx, _ := excelize.CellNameToCoordinates(x.Cell) // 0, 0 for none
		cy, ry, _ := excelize.CellNameToCoordinates(y.Cell)
		return cmp.Or(cmp.Compare(x.Sheet, y.Sheet), cmp.Compare(rx, ry), cmp.Compare(cx, cy))
	})
}

// CheckMarks holds marks against the figures of today. A mark on a figure that
// is not there any more, or that claims something else than when the workbook
// was made, is a problem and not among the marks returned.
func CheckMarks(marks []Mark, figures []record.Figure) ([]Mark, []Problem) {
	now := make(map[string]string, len(figures))
	for _, f := range figures {
		now[f.ID] = Fingerprint(f)
	}
	var kept []Mark
	var problems []Problem
	for _, m := range marks {
		switch claim, ok := now[m.FigureID]; {
		case !ok:
			problems = append(problems, Problem{m.Sheet, m.Cell, texts.Both("review.no-figure", m.FigureID)})
		case claim != m.Fingerprint:
			problems = append(problems, Problem{m.Sheet, m.Cell, texts.Both("review.figure-changed", strconv.Quote(m.Fingerprint), strconv.Quote(claim))})
		default:
			kept = append(kept, m)
		}
	}
	return kept, problems
}
