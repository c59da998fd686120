package ocopstat

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ocopstat/record"
)

const (
	decisionHeader = "statistic,figure,action,value,reason,by,date,expect\n"
	longHeader     = "statistic,figure,action,value,reason,by,date,expect,to,url,sentence\n"
)

func TestReadDecisions(t *testing.T) {
	got, err := readDecisions(strings.NewReader("\ufeff"+decisionHeader+
		",a-0,correct,175,\"typing error, see the decision\",Lan,2023-02-01,157\n"+
		"\n"+
		"0123abcd,,Accept,,checked by phone,Minh,2023-02-02,82\n"), "decisions.csv")
	if err != nil {
		t.Fatal(err)
	}
	want := []record.Decision{
		{Line: 2, Figure: "a-0", Action: record.Correct, Value: record.Int(175), Reason: "typing error, see the decision", By: "Lan", Date: record.DateOf(2023, 2, 1), Expect: record.Int(157)},
		{Line: 4, Statistic: "0123abcd", Action: record.Accept, Reason: "checked by phone", By: "Minh", Date: record.DateOf(2023, 2, 2), Expect: record.Int(82)},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if got, err := readDecisions(strings.NewReader(""), "d"); err != nil || got != nil {
		t.Errorf("empty file: %v, %v", got, err)
	}
}

func TestReadDecisionsFaults(t *testing.T) {
	for name, tc := range map[string]struct{ text, want string }{
		"no header":       {"a,b\n", `decisions.csv: line 1: unknown column "a"; the columns are statistic, figure, action, value, reason, by, date, expect, to, url, sentence`},
		"missing column":  {"statistic,figure,action,value,reason,by,date\n", `decisions.csv: line 1: column "expect" is missing; the columns are statistic, figure, action, value, reason, by, date, expect, to, url, sentence`},
		"column twice":    {"statistic,statistic\n", `decisions.csv: line 1: column "statistic" is there twice`},
		"fields":          {decisionHeader + ",a,reject,,why\n", "decisions.csv: line 2: 5 fields instead of 8; put quotes around a field that contains a comma"},
		"no target":       {decisionHeader + ",,reject,,why,L,2023-01-01,1\n", "decisions.csv: line 2: name either a statistic or a figure"},
		"two targets":     {decisionHeader + "s,f,reject,,why,L,2023-01-01,1\n", "decisions.csv: line 2: name either a statistic or a figure"},
		"action":          {decisionHeader + ",f,delete,,why,L,2023-01-01,1\n", `decisions.csv: line 2: action "delete" is none of [accept reject correct plan result candidate group date place withdraw]`},
		"no time":         {longHeader + ",f,date,,why,L,2023-01-01,1,,,\n", "decisions.csv: line 2: the column to goes with the actions group, date and place"},
		"no such time":    {longHeader + ",f,date,,why,L,2023-01-01,1,31/12/2022,,\n", `decisions.csv: line 2: to: "31/12/2022" is not a period`},
		"to of a plan":    {longHeader + ",f,plan,,why,L,2023-01-01,1,2022,,\n", "decisions.csv: line 2: the column to goes with"},
		"a statistic":     {decisionHeader + "s,,plan,,why,L,2023-01-01,1\n", `decisions.csv: line 2: action "plan" goes with a figure only`},
		"no reason":       {decisionHeader + ",f,reject,,,L,2023-01-01,1\n", "decisions.csv: line 2: a decision needs a reason"},
		"no name":         {decisionHeader + ",f,reject,,why,,2023-01-01,1\n", "decisions.csv: line 2: say by whom"},
		"no date":         {decisionHeader + ",f,reject,,why,L,,1\n", "decisions.csv: line 2: a decision needs a date, YYYY-MM-DD"},
		"bad date":        {decisionHeader + ",f,reject,,why,L,1/2/2023,1\n", `decisions.csv: line 2: date: "1/2/2023" is not a date YYYY-MM-DD`},
		"no expect":       {decisionHeader + ",f,reject,,why,L,2023-01-01,\n", "decisions.csv: line 2: expect, the value that the decision was made for: "},
		"no value":        {decisionHeader + ",f,correct,,why,L,2023-01-01,1\n", "decisions.csv: line 2: value: "},
		"value too much":  {decisionHeader + ",f,reject,3,why,L,2023-01-01,1\n", `decisions.csv: line 2: a value goes with "correct" only`},
		"after a quote":   {decisionHeader + "\n,\"f\ng\",accept,,why,L,2023-01-01,1\n,f,cut,,why,L,2023-01-01,1\n", `decisions.csv: line 5: action "cut"`},
		"all of them":     {decisionHeader + ",f,cut,,why,L,2023-01-01,1\n,f,reject,,,L,2023-01-01,1\n", "decisions.csv: line 3: a decision needs a reason"},
		"an open quote":   {decisionHeader + ",\"f,reject,,why,L,2023-01-01,1\n", "decisions.csv: "},
		"Vietnamese form": {decisionHeader + ",f,correct,\"1.234,5\",why,L,2023-01-01,1\n", "decisions.csv: line 2: value: "},
	} {
		_, err := readDecisions(strings.NewReader(tc.text), "decisions.csv")
		if err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: %v\nwant %s", name, err, tc.want)
		}
	}
}

func FuzzReadDecisions(f *testing.F) {
	f.Add(decisionHeader + ",a-0,correct,175,typing error,Lan,2023-02-01,157\n")
	f.Add(decisionHeader + "s,,reject,,\"a \"\"b\"\"\",Lan,2023-02-01,1.50\n\n")
	f.Add("\ufeffstatistic\n\x00,\"")
	f.Fuzz(func(t *testing.T, text string) {
		list, err := readDecisions(strings.NewReader(text), "d.csv")
		for _, d := range list {
			if v := d.Valid(); v != nil || d.Line < 2 {
				t.Errorf("%+v: %v (%v)", d, v, err)
			}
		}
	})
}
