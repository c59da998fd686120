package extract

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

func TestZZ(t *testing.T) {
	b, _ := os.ReadFile("/tmp/zz.txt")
	r, _ := New()
	for _, l := range strings.Split(strings.TrimSpace(string(b)), "\n") {
		s := scanned(t, l, layerDay)
		fmt.Println("##", l)
		for i := range s.list {
			fmt.Print("  ", show(s, &s.list[i]), ";")
		}
		fmt.Println()
		a := plain(strings.ReplaceAll(l, "~", "\n"))
		a.URL = "https://ocop.example.vn/x"
		res := r.Article(a)
		for _, f := range res.Figures {
			fmt.Printf("  F %s: %s %s *%s p=%s %s %s f=%s q=%s @%s(%s) %s(%s) rule=%s %s of=%s\n", f.Printed, f.Subject, f.Measure, f.Stars, f.Producer, f.Movement, f.Status, f.Facet, f.Qualifier, f.Place.Name, f.PlaceBasis, f.Period, f.PeriodBasis, f.Rule, f.Grade, f.Of)
		}
		for _, f := range res.Rejections {
			fmt.Printf("  R %s: %s\n", f.Printed, f.Reason)
		}
	}
}
