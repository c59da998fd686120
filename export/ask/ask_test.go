package ask

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"

	"ocopstat/export"
	"ocopstat/record"
)

// desk keeps answers in memory.
type desk struct {
	mu        sync.Mutex
	questions []export.Question
	answers   []Answer
	refuse    error
}

func (d *desk) Week() string { return "2026-W47" }

func (d *desk) Questions(context.Context) ([]export.Question, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	out := append([]export.Question(nil), d.questions...)
	for i := range out {
		for _, a := range d.answers {
			for j := range out[i].Claims {
				if out[i].Claims[j].Figure == a.Figure {
					out[i].Claims = append([]export.Claim(nil), out[i].Claims...)
					out[i].Claims[j].Decided = &export.Mark{Decision: a.Decision, By: a.By, On: record.DateOf(2026, 11, 20)}
				}
			}
		}
	}
	return out, nil
}

func (d *desk) Answer(_ context.Context, a Answer) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.refuse != nil {
		return d.refuse
	}
	d.answers = append(d.answers, a)
	return nil
}

const hostile = `<script>alert(1)</script>"'{{.}}`

// question asks which of two numbers is right.
func question(id string) export.Question {
	claim := func(figure, value string) export.Claim {
		before := "Mở đầu " + hostile + ".\n"
		sentence := "Tỉnh có " + value + " sản phẩm " + hostile + "."
		start := len(before)
		return export.Claim{Figure: figure, Value: value, Title: "Bài " + hostile, URL: "javascript:alert(1)", Outlet: hostile,
			Published: record.DateOf(2026, 11, 10), Text: before + sentence + "\nCuối bài.",
			Sentence: record.Span{Start: start, End: start + len(sentence)}, Number: record.Span{Start: start + len("Tỉnh có "), End: start + len("Tỉnh có ") + len(value)}}
	}
	chosen, other := claim(id+"-1", "175"), claim(id+"-2", "157")
	chosen.Chosen, chosen.Suggested = true, &export.Mark{Decision: record.Accept}
	return export.Question{ID: id, Why: "mâu thuẫn", Place: "Cao Bằng", Indicator: "Sản phẩm", Time: "2026", Arithmetic: []string{"68 + 107 = 175"},
		Claims: []export.Claim{chosen, other}}
}

// open starts a server for a desk and a browser that was opened with its token.
func browser(t *testing.T, d Desk) (server *httptest.Server, client *http.Client) {
	t.Helper()
	h, err := Handler(d, "secret")
	if err != nil {
		t.Fatal(err)
	}
	server = httptest.NewServer(h)
	t.Cleanup(server.Close)
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	client = server.Client()
	client.Jar = jar
	if status, body := get(t, client, server.URL+"/?token=secret"); status != http.StatusOK {
		t.Fatalf("the address that is printed: %d %s", status, body)
	}
	return server, client
}

func get(t *testing.T, client *http.Client, address string) (int, string) {
	t.Helper()
	resp, err := client.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	return answered(t, resp)
}

func answered(t *testing.T, resp *http.Response) (int, string) {
	t.Helper()
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(body)
}

// post sends a form as a page of the given origin does.
func post(t *testing.T, client *http.Client, address, origin string, form url.Values, change ...func(*http.Request)) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if origin != "" {
		req.Header.Set("Origin", origin)
	}
	for _, c := range change {
		c(req)
	}
	resp, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	return answered(t, resp)
}

// TestAnswers: a question is shown with both sentences, its answer is kept, and
// the next open one follows until there is none.
func TestAnswers(t *testing.T) {
	d := &desk{questions: []export.Question{question("a"), question("b")}}
	server, client := browser(t, d)
	_, list := get(t, client, server.URL+"/")
	if !strings.Contains(list, `href="/question/a"`) || !strings.Contains(list, "2 câu hỏi, còn 2") {
		t.Errorf("the list is\n%s", list)
	}
	_, page := get(t, client, server.URL+"/question/a")
	for _, want := range []string{`<mark>Tỉnh có </mark><mark class="number">175</mark>`, `<mark class="number">157</mark>`, "68 &#43; 107 = 175", "10/11/2026"} {
		if !strings.Contains(page, want) {
			t.Errorf("the question lacks %q", want)
		}
	}
	if strings.Contains(page, "<script>alert") || strings.Contains(page, `href="javascript:`) || strings.Contains(list, "<script>alert") {
		t.Error("the text of an article became markup")
	}
	form := url.Values{"token": {"secret"}, "figure": {"a-1"}, "decision": {"correct"}, "value": {" 176 "}, "by": {"Nguyễn Thị A"}, "reason": {"theo Sở"}}
	status, page := post(t, client, server.URL+"/question/a", server.URL, form)
	if status != http.StatusOK || !strings.Contains(page, `action="/question/b"`) || !strings.Contains(page, `value="Nguyễn Thị A"`) {
		t.Errorf("behind the first answer: %d\n%s", status, page)
	}
	want := []Answer{{Figure: "a-1", Decision: record.Correct, Value: "176", Reason: "theo Sở", By: "Nguyễn Thị A"}}
	if diff := cmp.Diff(want, d.answers); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	form.Set("figure", "b-2")
	if _, page = post(t, client, server.URL+"/question/b", server.URL, form); !strings.Contains(page, "còn 0 câu") {
		t.Errorf("behind the last answer:\n%s", page)
	}
	if _, page = get(t, client, server.URL+"/question/a"); !strings.Contains(page, "Đã quyết định: sửa (Nguyễn Thị A, 20/11/2026)") || !strings.Contains(page, `value="withdraw"`) {
		t.Errorf("a question that was answered:\n%s", page)
	}
	if status, page = get(t, client, server.URL+"/question/nowhere"); status != http.StatusNotFound || !strings.Contains(page, "Không có câu hỏi này") {
		t.Errorf("a question that is not there: %d\n%s", status, page)
	}
}

// TestSuggestion: the suggested answer is chosen already and marked as suggested, until
// somebody decides; then what was decided is, with its value.
func TestSuggestion(t *testing.T) {
	q := question("a")
	q.Claims[0].Suggested = &export.Mark{Decision: record.Correct, Value: record.Decimal{Coef: 11765, Scale: 1}}
	server, client := browser(t, &desk{questions: []export.Question{q}})
	form := func() (checked []string, value string, marked string) {
		resp, err := client.Get(server.URL + "/question/a")
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		doc, err := goquery.NewDocumentFromReader(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		doc.Find("input[checked]").Each(func(_ int, s *goquery.Selection) { checked = append(checked, s.AttrOr("value", "")) })
		return checked, doc.Find("input[name=value]").First().AttrOr("value", ""), doc.Find("label:has(.badge) input").First().AttrOr("value", "")
	}
	if checked, value, marked := form(); !slices.Equal(checked, []string{"correct"}) || value != "1176,5" || marked != "correct" {
		t.Errorf("chosen %q with the value %q, marked %q", checked, value, marked)
	}
	post(t, client, server.URL+"/question/a", server.URL, url.Values{"token": {"secret"}, "figure": {"a-1"}, "decision": {"reject"}, "by": {"A"}})
	if checked, value, marked := form(); !slices.Equal(checked, []string{"reject"}) || value != "" || marked != "correct" {
		t.Errorf("when decided: chosen %q with the value %q, marked %q", checked, value, marked)
	}
}

// TestRefusals: what was typed stays when an answer cannot be used, and why is said.
func TestRefusals(t *testing.T) {
	d := &desk{questions: []export.Question{question("a")}, refuse: Refusal("vừa được người khác quyết định")}
	server, client := browser(t, d)
	form := url.Values{"token": {"secret"}, "figure": {"a-2"}, "decision": {"correct"}, "value": {"1.234"}, "by": {"B"}}
	status, page := post(t, client, server.URL+"/question/a", server.URL, form)
	if status != http.StatusConflict || !strings.Contains(page, "vừa được người khác quyết định") || !strings.Contains(page, `value="1.234"`) {
		t.Errorf("%d\n%s", status, page)
	}
	d.refuse = errors.New("disk full")
	if status, page = post(t, client, server.URL+"/question/a", server.URL, form); status != http.StatusInternalServerError || !strings.Contains(page, "disk full") {
		t.Errorf("%d\n%s", status, page)
	}
}

// TestNobodyElse: other hosts, other sites, and whoever has no token are refused,
// and nothing of theirs is kept.
func TestNobodyElse(t *testing.T) {
	d := &desk{questions: []export.Question{question("a")}}
	server, client := browser(t, d)
	stranger := &http.Client{}
	if status, body := get(t, stranger, server.URL+"/"); status != http.StatusForbidden || strings.Contains(body, "Cao Bằng") {
		t.Errorf("without the cookie: %d\n%s", status, body)
	}
	if status, _ := get(t, stranger, server.URL+"/?token=Secret"); status != http.StatusForbidden {
		t.Errorf("with a wrong token: %d", status)
	}
	for _, host := range []string{"ocop.example", "127.0.0.1.example:80", "10.0.0.7", "[fe80::1]:80", "localhost.example", ""} {
		req := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
		req.Host = host
		req.AddCookie(&http.Cookie{Name: tokenCookie, Value: "secret"})
		w := httptest.NewRecorder()
		server.Config.Handler.ServeHTTP(w, req)
		if w.Code != http.StatusForbidden {
			t.Errorf("host %q: %d", host, w.Code)
		}
	}
	form := url.Values{"token": {"secret"}, "figure": {"a-1"}, "decision": {"accept"}, "by": {"A"}}
	forged := url.Values{"token": {"guess"}, "figure": {"a-1"}, "decision": {"accept"}, "by": {"A"}}
	long := url.Values{"token": {"secret"}, "reason": {strings.Repeat("x", maxAnswer)}}
	other := strings.Replace(server.URL, "127.0.0.1", "localhost", 1)
	for _, c := range []struct {
		name, origin string
		form         url.Values
		want         int
	}{
		{"another site", "https://evil.example", form, http.StatusForbidden},
		{"another name of this machine", other, form, http.StatusForbidden},
		{"a sandboxed frame", "null", form, http.StatusForbidden},
		{"no origin", "", form, http.StatusForbidden},
		{"a wrong token", server.URL, forged, http.StatusForbidden},
		{"a long answer", server.URL, long, http.StatusRequestEntityTooLarge},
	} {
		if status, _ := post(t, client, server.URL+"/question/a", c.origin, c.form); status != c.want {
			t.Errorf("%s: %d, want %d", c.name, status, c.want)
		}
	}
	if status, _ := post(t, client, server.URL+"/question/a", server.URL, form, func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") }); status != http.StatusForbidden {
		t.Errorf("a browser that says cross-site: %d", status)
	}
	if len(d.answers) > 0 {
		t.Errorf("kept: %v", d.answers)
	}
}

// TestServe ends with its context, and says when a port is taken.
func TestServe(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	address, done := make(chan string, 1), make(chan error)
	go func() { done <- Serve(ctx, 0, &desk{}, "secret", func(a string) { address <- a }) }()
	u, err := url.Parse(<-address)
	if err != nil {
		t.Fatal(err)
	}
	if status, _ := get(t, http.DefaultClient, "http://"+u.Host+"/?token=no"); status != http.StatusForbidden || u.Hostname() != "127.0.0.1" {
		t.Errorf("%s: status %d", u, status)
	}
	port, err := strconv.ParseUint(u.Port(), 10, 16)
	if err != nil {
		t.Fatal(err)
	}
	if err := Serve(t.Context(), uint16(port), &desk{}, "secret", func(string) {}); err == nil || !strings.Contains(err.Error(), "another port") {
		t.Errorf("a port that is taken: %v", err)
	}
	stop()
	if err := <-done; err != nil {
		t.Error(err)
	}
}
