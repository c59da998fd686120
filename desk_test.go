package ocopstat

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"ocopstat/export"
	"ocopstat/export/ask"
	"ocopstat/record"
)

// officeInConflict is an office whose latest issue has articles that differ in
// each of some provinces.
func officeInConflict(t *testing.T) Office {
	t.Helper()
	o := Office(t.TempDir())
	inbox := filepath.Join(string(o), "inbox")
	if err := os.Mkdir(inbox, 0o777); err != nil {
		t.Fatal(err)
	}
	for i, name := range []string{"Cao Bằng", "Lào Cai", "Sơn La", "Nghệ An"} {
		for j, outlet := range []string{"baotren.example", "baoduoi.example"} {
			body := fmt.Sprintf("URL: https://%s/%d\nTitle: OCOP %s\nDate: 2026-11-10\n\nĐến ngày 31/10/2026, tỉnh %s có %d sản phẩm OCOP được công nhận.\n", outlet, i, name, name, 150+10*i+7*j)
			if err := os.WriteFile(filepath.Join(inbox, fmt.Sprintf("%d-%d.txt", i, j)), []byte(body), 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
	cfg := Config{Week: "2026-W46"}
	if err := o.Week(&cfg); err != nil {
		t.Fatal(err)
	}
	if _, err := Run(t.Context(), cfg); err != nil {
		t.Fatal(err)
	}
	return o
}

func day(d record.Date) func() record.Date { return func() record.Date { return d } }

func deskOf(t *testing.T, o Office) *Desk {
	t.Helper()
	d, err := o.Desk("", day(record.DateOf(2026, 11, 14)))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func questionsOf(t *testing.T, d *Desk) []export.Question {
	t.Helper()
	q, err := d.Questions(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return q
}

// TestDesk: an answer on the page is a decision as the workbook's is; it can be
// changed and taken back on the same day, and nobody overrules another unseen.
func TestDesk(t *testing.T) {
	o := officeInConflict(t)
	d := deskOf(t, o)
	q := questionsOf(t, d)
	if len(q) != 4 || len(q[0].Claims) != 2 || !q[0].Open() {
		t.Fatalf("%d questions: %+v", len(q), q)
	}
	c := q[0].Claims[1]
	if got := c.Number.Of(c.Text); got != c.Value || !strings.Contains(c.Sentence.Of(c.Text), "Đến ngày 31/10/2026") {
		t.Errorf("the number is %q in %q", got, c.Sentence.Of(c.Text))
	}
	say := func(desk *Desk, a ask.Answer) error {
		a.Figure, a.Reason = c.Figure, "theo Sở"
		if a.By == "" {
			a.By = "Nguyễn Thị A"
		}
		return desk.Answer(t.Context(), a)
	}
	for name, a := range map[string]ask.Answer{
		"no decision":      {},
		"an unknown one":   {Decision: "maybe"},
		"no value":         {Decision: record.Correct},
		"an unclear value": {Decision: record.Correct, Value: "1.234"},
		"its own value":    {Decision: record.Correct, Value: c.Value},
		"half a product":   {Decision: record.Correct, Value: "12,5"},
		"no group":         {Decision: record.OfGroup, To: "bánh vẽ"},
		"no such place":    {Decision: record.OfPlace, To: "Atlantis"},
		"somebody's state": {Decision: record.Accept, Seen: "7"},
	} {
		var no ask.Refusal
		if err := say(d, a); !errors.As(err, &no) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := say(d, ask.Answer{Decision: record.OfDate, To: "12/2025"}); err != nil {
		t.Fatal(err)
	}
	other := deskOf(t, o)
	shown := questionsOf(t, other)[0].Claims[1]
	if shown.Decided == nil || shown.Decided.Decision != record.OfDate || shown.Decided.To != "2025-12" || questionsOf(t, d)[0].Open() {
		t.Errorf("the other browser sees %+v", shown.Decided)
	}
	if err := say(other, ask.Answer{Decision: record.Reject, By: "Trần B", Seen: shown.Seen}); err != nil {
		t.Fatalf("an answer that was changed on the same day: %v", err)
	}
	var no ask.Refusal
	if err := say(d, ask.Answer{Decision: record.Accept, Seen: shown.Seen}); !errors.As(err, &no) || !strings.Contains(err.Error(), "Trần B") {
		t.Errorf("overruled unseen: %v", err)
	}
	now := questionsOf(t, d)[0].Claims[1]
	if err := say(d, ask.Answer{Decision: "withdraw", Seen: now.Seen}); err != nil {
		t.Fatal(err)
	}
	if q := questionsOf(t, d)[0]; !q.Open() {
		t.Errorf("taken back, it is still decided: %+v", q.Claims[1].Decided)
	}
	if err := say(d, ask.Answer{Decision: record.Accept}); err != nil {
		t.Fatal(err)
	}
	cfg := Config{Week: "2026-W47"}
	if err := o.Week(&cfg); err != nil {
		t.Fatal(err)
	}
	sum, err := Run(t.Context(), cfg)
	if err != nil || sum.Decisions != 1 || len(sum.Unfit) > 0 {
		t.Errorf("%d decisions in force, %d without effect, %v", sum.Decisions, len(sum.Unfit), err)
	}
}

// TestTwoDesks: two browsers that answer at once lose nothing.
func TestTwoDesks(t *testing.T) {
	o := officeInConflict(t)
	desks := []*Desk{deskOf(t, o), deskOf(t, o)}
	var wg sync.WaitGroup
	for i, q := range questionsOf(t, desks[0]) {
		for j, c := range q.Claims {
			wg.Go(func() {
				if err := desks[(i+j)%2].Answer(t.Context(), ask.Answer{Figure: c.Figure, Decision: record.Reject, By: "A", Reason: "thử"}); err != nil {
					t.Error(err)
				}
			})
		}
	}
	wg.Wait()
	for _, q := range questionsOf(t, desks[1]) {
		for _, c := range q.Claims {
			if c.Decided == nil {
				t.Errorf("%s: the answer on %s was lost", q.Place, c.Value)
			}
		}
	}
}
