// Package ask shows the questions of a week in a browser on the same machine and
// takes the office's answers. Everything it needs it serves itself; it answers
// nobody else, see Guard.
package ask

import (
	"cmp"
	"context"
	"embed"
	"errors"
	"html/template"
	"io/fs"
	"net/http"
	"slices"
	"strings"

	"ocopstat/export"
	"ocopstat/export/texts"
	"ocopstat/record"
)

// Answer is what somebody said of one number.
type Answer struct {
	Figure   string
	Decision record.Action // "withdraw" takes back what was said
	Value    string        // the right one, of record.Correct
	To       string        // the right group, time or place
	Reason   string        // never empty
	By       string
	Seen     string // of the claim, as it was shown: what somebody else decided since is not overruled unseen
}

// Desk has the questions and keeps the answers.
type Desk interface {
	// Week is the issue that the questions are of, 2026-W47.
	Week() string
	// Questions are all of them, most important first, with the answers given so far.
	Questions(context.Context) ([]export.Question, error)
	// Answer keeps an answer. It fails with a Refusal when it cannot be used.
	Answer(context.Context, Answer) error
}

// Refusal says in the office's words why an answer was not kept.
type Refusal string

func (r Refusal) Error() string { return string(r) }

// Changed refuses an answer to what somebody decided since it was shown.
func Changed(by string) Refusal { return Refusal(texts.Of("ask.changed", by).VI) }

// Gone refuses an answer on a figure that is not there.
func Gone() Refusal { return Refusal(texts.Of("ask.no-figure").VI) }

//go:embed assets
var assets embed.FS

// handler serves the pages of a desk.
type handler struct {
	desk  Desk
	token string
	pages *template.Template
}

// Handler serves the questions of a desk to whoever has the token, see Guard.
// Before anything else a browser opens "/?token=" with it.
func Handler(desk Desk, token string) (http.Handler, error) {
	pages, err := template.New("pages").Funcs(template.FuncMap{
		"text":    func(key string, values ...any) string { return texts.Of(key, values...).VI },
		"next":    func(i int) int { return i + 1 },
		"excerpt": excerpt,
		"whole":   whole,
		"filled":  filled,
		"day":     record.Date.VI,
		"week":    func(iso string) string { return iso[6:] + "/" + iso[:4] },
	}).ParseFS(assets, "assets/ask.html")
	if err != nil {
		return nil, err
	}
	static, err := fs.Sub(assets, "assets")
	if err != nil {
		return nil, err
	}
	h := &handler{desk, token, pages}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", h.list)
	mux.HandleFunc("GET /question/{id}", h.show)
	mux.HandleFunc("POST /question/{id}", h.answer)
	for _, name := range []string{"style.css", "keys.js"} {
		mux.Handle("GET /"+name, http.FileServerFS(static))
	}
	mux.HandleFunc("GET /favicon.ico", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	return Guard(mux, token), nil
}

// list shows all questions of the week.
func (h *handler) list(w http.ResponseWriter, r *http.Request) {
	questions, err := h.desk.Questions(r.Context())
	if err != nil {
		fail(w, err)
		return
	}
	h.page(w, http.StatusOK, "list", struct {
		Week            string
		Questions       []export.Question
		Open, Remaining int
	}{h.desk.Week(), questions, len(questions), open(questions)})
}

func open(questions []export.Question) (n int) {
	for i := range questions {
		if questions[i].Open() {
			n++
		}
	}
	return n
}

// shown is a question on its page.
type shown struct {
	Week           string
	Q              export.Question
	Number, Of     int
	Previous, Next string // IDs; "" at the ends
	Token, By      string
	Offers         []record.Action
	Refused        string // why the last answer was not kept
	Tried          Answer // that answer, to be mended
}

// offers are the answers, in the order of their keys.
var offers = []record.Action{record.Accept, record.Reject, record.Correct, record.IsPlan, record.IsResult, record.IsCandidate,
	record.OfGroup, record.OfDate, record.OfPlace}

// filled is the form of a number as it is shown: with the answer that was refused,
// else with what was decided, else with what is suggested.
func filled(s shown, c export.Claim) Answer {
	if s.Tried.Figure == c.Figure {
		return s.Tried
	}
	a := Answer{By: s.By}
	if m := cmp.Or(c.Decided, c.Suggested); m != nil {
		a.Decision, a.To = m.Decision, m.To
		if m.Decision == record.Correct {
			a.Value = strings.Replace(m.Value.String(), ".", ",", 1) // as NewMark reads it
		}
	}
	return a
}

func (h *handler) show(w http.ResponseWriter, r *http.Request) {
	h.question(w, r, http.StatusOK, "", Answer{})
}

// question shows one question, perhaps with an answer that was refused.
func (h *handler) question(w http.ResponseWriter, r *http.Request, status int, refused string, tried Answer) {
	questions, err := h.desk.Questions(r.Context())
	if err != nil {
		fail(w, err)
		return
	}
	at := slices.IndexFunc(questions, func(q export.Question) bool { return q.ID == r.PathValue("id") })
	if at < 0 {
		h.page(w, http.StatusNotFound, "gone", h.desk.Week())
		return
	}
	s := shown{Week: h.desk.Week(), Q: questions[at], Number: at + 1, Of: len(questions), Token: h.token, By: signed(r), Offers: offers,
		Refused: refused, Tried: tried}
	if at > 0 {
		s.Previous = questions[at-1].ID
	}
	if at+1 < len(questions) {
		s.Next = questions[at+1].ID
	}
	h.page(w, status, "question", s)
}

// maxAnswer is how many bytes an answer may have.
const maxAnswer = 64 << 10

// answer takes an answer and leads to the next open question.
func (h *handler) answer(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxAnswer)
	if err := r.ParseForm(); err != nil {
		http.Error(w, texts.Of("ask.too-long").VI, http.StatusRequestEntityTooLarge)
		return
	}
	if !same(r.PostForm.Get("token"), h.token) {
		http.Error(w, texts.Of("ask.forbidden").VI, http.StatusForbidden)
		return
	}
	field := func(name string) string { return strings.TrimSpace(r.PostForm.Get(name)) }
	a := Answer{Figure: field("figure"), Decision: record.Action(field("decision")), Value: field("value"), To: field("to"),
		Reason: field("reason"), By: field("by"), Seen: field("seen")}
	sign(w, a.By)
	kept := a
	kept.Reason = cmp.Or(a.Reason, texts.Of("ask.here").VI)
	var no Refusal
	switch err := h.desk.Answer(r.Context(), kept); {
	case errors.As(err, &no):
		h.question(w, r, http.StatusConflict, string(no), a)
		return
	case err != nil:
		fail(w, err)
		return
	}
	questions, err := h.desk.Questions(r.Context())
	if err != nil {
		fail(w, err)
		return
	}
	http.Redirect(w, r, next(questions, r.PathValue("id")), http.StatusSeeOther)
}

// next is where to go on: the next open question, from the beginning again when
// there is none behind, the list when there is none at all.
func next(questions []export.Question, id string) string {
	at := slices.IndexFunc(questions, func(q export.Question) bool { return q.ID == id })
	for i := range questions {
		if q := &questions[(at+1+i)%len(questions)]; q.Open() && q.ID != id {
			return "/question/" + q.ID
		}
	}
	return "/"
}

func (h *handler) page(w http.ResponseWriter, status int, name string, data any) {
	var b strings.Builder
	if err := h.pages.ExecuteTemplate(&b, name, data); err != nil {
		fail(w, err)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(b.String())) // the browser went away
}

func fail(w http.ResponseWriter, err error) {
	http.Error(w, texts.Of("ask.failed", err.Error()).VI, http.StatusInternalServerError)
}

// Piece is a part of an article's text.
type Piece struct {
	Text string
	Kind string // "", "sentence" or "number"
}

// around is how many bytes of the text before and after the sentence are shown.
const around = 500

// excerpt is the sentence with some text around it, cut at line ends or spaces.
func excerpt(c export.Claim) []Piece {
	from, to := max(0, c.Sentence.Start-around), min(len(c.Text), c.Sentence.End+around)
	if from > 0 {
		from += max(0, strings.IndexAny(c.Text[from:c.Sentence.Start], " \n"))
	}
	if to < len(c.Text) {
		to = c.Sentence.End + max(0, strings.LastIndexAny(c.Text[c.Sentence.End:to], " \n"))
	}
	return pieces(c, from, to)
}

// whole is the text of the article.
func whole(c export.Claim) []Piece { return pieces(c, 0, len(c.Text)) }

func pieces(c export.Claim, from, to int) (out []Piece) {
	for _, p := range []struct {
		start, end int
		kind       string
	}{
		{from, c.Sentence.Start, ""}, {c.Sentence.Start, c.Number.Start, "sentence"}, {c.Number.Start, c.Number.End, "number"},
		{c.Number.End, c.Sentence.End, "sentence"}, {c.Sentence.End, to, ""},
	} {
		if p.start < p.end {
			out = append(out, Piece{c.Text[p.start:p.end], p.kind})
		}
	}
	return out
}
