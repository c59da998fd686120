package main

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"ocopstat/extract/decide"
)

// weightsFile gathers the lines of a weights file.
type weightsFile struct{ lines []string }

// smallest is the weight, in thousandths, below which one is left out.
const smallest = 36

// add adds the weights of a dimension.
func (f *weightsFile) add(d decide.Dimension, s *space, w []float64) {
	for _, id := range s.order {
		at := int(s.at[id])
		name := s.names[id]
		link := strings.HasPrefix(name, "E")
		width := 1
		if s.labels > 0 {
			width = s.labels
			if link {
				width *= s.labels
			}
		}
		var values []string
		for i := range width {
			v := int(math.Round(w[at+i] * 1000))
			switch {
			case v > -smallest && v < smallest:
			case s.labels > 0:
				values = append(values, fmt.Sprintf("%s=%d", decide.Label(d, link, i), v))
			default:
				values = append(values, fmt.Sprint(v))
			}
		}
		if len(values) > 0 {
			f.lines = append(f.lines, d.String()+"\t"+name+"\t"+strings.Join(values, " "))
		}
	}
}

// bytes is the whole file.
func (f *weightsFile) bytes() []byte {
	slices.Sort(f.lines)
	return []byte(strings.Join(append(f.lines, fmt.Sprintf("end\t%d\n", len(f.lines))), "\n"))
}
