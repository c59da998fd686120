package reconcile

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"ocopstat/record"
)

// report makes the lines of an article of the usual kind, all true: products by
// stars with shares, producers by kind.
func report(r *rand.Rand) []string {
	three, four, five := 50+r.IntN(200), 20+r.IntN(80), 1+r.IntN(9)
	total := three + four + five
	kinds := []int{5 + r.IntN(30), 5 + r.IntN(40), 1 + r.IntN(9), 5 + r.IntN(50)}
	producers := kinds[0] + kinds[1] + kinds[2] + kinds[3]
	share := func(n, of int) float64 { return 100 * float64(n) / float64(of) }
	out := []string{fmt.Sprint(total), fmt.Sprintf("%d 3*", three), fmt.Sprintf("%d 4*", four), fmt.Sprintf("%d 5*", five)}
	if r.IntN(2) == 0 {
		out = append(out, fmt.Sprintf("%.1f%% 3*", share(three, total)), fmt.Sprintf("%.1f%% 4*", share(four, total)))
	}
	if r.IntN(2) == 0 {
		out = append(out, fmt.Sprintf("%d producer", producers), fmt.Sprintf("%.1f%% producer group", share(kinds[2], producers)))
		for i, kind := range record.ProducerTypes() {
			out = append(out, fmt.Sprintf("%d producer %s", kinds[i], kind))
		}
	}
	return out
}

// spoil makes one number larger.
func spoil(r *rand.Rand, line string) string {
	words := strings.Fields(line)
	n := 5 + r.IntN(60)
	if percent, ok := strings.CutSuffix(words[0], "%"); ok {
		whole, rest, _ := strings.Cut(percent, ".")
		words[0] = fmt.Sprintf("%d.%s%%", number(whole)+n, rest)
	} else {
		words[0] = fmt.Sprint(number(words[0]) + n)
	}
	return strings.Join(words, " ")
}

func number(s string) (n int) {
	_, _ = fmt.Sscan(s, &n)
	return n
}

// A report of the usual size with two wrong numbers is searched to the end, and
// with one wrong number no other is blamed.
func TestBlameIsFound(t *testing.T) {
	blamed := 0
	for seed := range uint64(400) {
		r := rand.New(rand.NewPCG(seed, 11))
		lines := report(r)
		wrong := r.IntN(len(lines))
		lines[wrong] = spoil(r, lines[wrong])
		if seed%2 == 1 {
			other := r.IntN(len(lines))
			lines[other] = spoil(r, lines[other])
		}
		for i := range lines {
			lines[i] = "a " + lines[i] + " 2022-12-31"
		}
		for _, c := range newCorpus(t, lines...).run().Checks {
			if strings.Contains(c.Suggestion, string(record.NotSearched)) {
				t.Fatalf("seed %d: %s is not searched", seed, c.Expression)
			}
			if seed%2 == 0 && len(c.Blame) > 0 {
				blamed++
				if !slices.Equal(c.Blame, []string{fmt.Sprintf("a-%d", wrong)}) {
					t.Fatalf("seed %d: %s: blames %q for a-%d in %q", seed, c.Expression, c.Blame, wrong, lines)
				}
			}
		}
	}
	if blamed < 100 {
		t.Errorf("only %d numbers were blamed", blamed)
	}
}

// Where everything is wrong the search gives up, and says so.
func TestTooMuchIsWrong(t *testing.T) {
	lines := []string{"a 100 2022-12-31"}
	for i, stars := range []string{"3*", "4*", "5*"} {
		lines = append(lines, fmt.Sprintf("a %d %s 2022-12-31", 70+i, stars), fmt.Sprintf("a %d.5%% %s 2022-12-31", 10+i, stars))
		for k, kind := range record.ProducerTypes() {
			lines = append(lines, fmt.Sprintf("a %d %s %s 2022-12-31", 30+7*k+i, stars, kind))
		}
	}
	for _, c := range newCorpus(t, lines...).run().Checks {
		if c.Outcome == record.Failed && strings.Contains(c.Suggestion, string(record.NotSearched)) && len(c.Blame) == 0 {
			return
		}
	}
	t.Error("no check says that it was not searched")
}
