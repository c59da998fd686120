package reconcile

import (
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ocopstat/record"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares with a file of testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s: %s", path, diff)
	}
}

// explainable is a place about which two outlets disagree.
func explainable(t *testing.T) *corpus {
	c := newCorpus(t).
		source("a", "Báo A", 2, "2023-01-12", "2023-01-13").source("b", "Cổng B", 4, "2023-01-20", "2023-01-21").
		say("a 157 2022-12-31", "a 68 4* 2022-12-31", "a 107 3* 2022-12-31", "a 38.8% 4* 2022-12-31",
			"b 175 2022-12-31", "b 82 producer 2022-12-31", "b 15.9% producer enterprise 2022-12-31",
			"a 105 2021-12-31", "a 70 new 2022", "a 60 2022-06-30 @Bến Tre")
	for id, sentence := range map[string]string{"a": "Tỉnh có 157 sản phẩm.", "b": "Toàn tỉnh có 175 sản phẩm của\n82 chủ thể."} {
		s := c.in.Articles[id]
		s.Article.Text = sentence
		c.in.Articles[id] = s
		for i := range c.in.Figures {
			if c.in.Figures[i].ArticleID == id {
				c.in.Figures[i].Sentence = record.Span{Start: 0, End: len(sentence)}
			}
		}
	}
	return c
}

func TestExplain(t *testing.T) {
	c := explainable(t)
	r := c.run()
	for name, q := range map[string]Query{
		"explain-total.txt":    {Place: "Hậu Giang", Measure: "products total stock", At: record.NoDate},
		"explain-producer.txt": {Place: "hau giang", Measure: "producer enterprise", At: record.NoDate},
		"explain-before.txt":   {Place: "93", Measure: "product, total", At: c.date("2022-03-01")},
		"explain-nothing.txt":  {Place: "Hà Nội", At: record.NoDate},
	} {
		e := Explain(r, c.in, q)
		var b strings.Builder
		if err := e.WriteText(&b); err != nil {
			t.Fatal(err)
		}
		golden(t, name, b.String())
	}
	e := Explain(r, c.in, Query{Place: "Hậu Giang", Measure: "total stock product", At: record.NoDate})
	data, err := json.MarshalIndent(e, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "explain-total.json", string(data)+"\n")
}

// A place is found with or without its marks, its own marks first.
func TestExplainFindsPlaces(t *testing.T) {
	c := newCorpus(t, "a 60 2022-06-30 @Bến Tre", "b 70 2022-06-30 @Hậu Giang")
	for name, want := range map[string]int{"Bến Tre": 1, "BẾN TRE": 1, "ben tre": 1, "83": 1, "Bền Tre": 1, "Ben": 0, "": 0} {
		if got := len(Explain(c.run(), c.in, Query{Place: name, At: record.NoDate}).Statistics); got != want {
			t.Errorf("%q: %d statistics, want %d", name, got, want)
		}
	}
}

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errors.New("no space left") }

func TestExplainReportsWriteErrors(t *testing.T) {
	c := explainable(t)
	e := Explain(c.run(), c.in, Query{Place: "Hậu Giang", At: record.NoDate})
	if err := e.WriteText(fullDisk{}); err == nil {
		t.Error("a full disk went unnoticed")
	}
}
