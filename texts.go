package ocopstat

import (
	"bufio"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"

	"ocopstat/export"
	"ocopstat/record"
)

// texts holds the texts of a run's articles, and the numbers in them that were not
// taken, in a file without a name: they do not stay in memory, and a run that is
// killed leaves nothing.
type texts struct {
	file *os.File
	out  *bufio.Writer
	end  int64
	at   map[string]extent // by article ID
	made []string          // folders that were made for the file, the deepest first
	mu   sync.Mutex
	err  error // the first of quote
}

// extent is where a text stands in the file, and behind it its rejections.
type extent struct {
	at, text, rejections int64
	n                    int // rejections
}

// newTexts makes the file in a folder, or where that cannot be written to in the
// system's for temporary files. Close must be called.
func newTexts(dir string) (*texts, error) {
	var f *os.File
	var made []string
	err := errNoFolder
	if dir != "" {
		made = missing(dir)
		if err = os.MkdirAll(dir, 0o777); err == nil {
			f, err = os.CreateTemp(dir, unfinished+"texts-")
		}
	}
	if err != nil {
		if f, err = os.CreateTemp("", "ocopstat-texts-"); err != nil {
			return nil, export.ExplainWrite(os.TempDir(), err)
		}
	}
	_ = os.Remove(f.Name()) // where an open file cannot be removed, Close does
	return &texts{file: f, out: bufio.NewWriterSize(f, 1<<18), at: map[string]extent{}, made: made}, nil
}

// missing are the folders on the way to one that are not there, the deepest first.
func missing(dir string) (out []string) {
	for dir = filepath.Clean(dir); ; dir = filepath.Dir(dir) {
		if _, err := os.Lstat(dir); err == nil || dir == filepath.Dir(dir) {
			return out
		}
		out = append(out, dir)
	}
}

var errNoFolder = errors.New("no folder")

func (t *texts) Close() error {
	err := t.file.Close()
	_ = os.Remove(t.file.Name()) // gone already on most systems
	for _, dir := range t.made {
		_ = os.Remove(dir) // unless something was put there
	}
	return err
}

// add takes the text of an article and its rejections.
func (t *texts) add(a *record.Article, rejections []record.Rejection) error {
	var b []byte
	for _, r := range rejections {
		for _, n := range []int{r.Start, r.End} {
			b = binary.AppendUvarint(b, uint64(n))
		}
		for _, s := range []string{r.Printed, string(r.Reason)} {
			b = append(binary.AppendUvarint(b, uint64(len(s))), s...)
		}
	}
	_, err := io.WriteString(t.out, a.Text)
	_, more := t.out.Write(b)
	t.at[a.ID] = extent{t.end, int64(len(a.Text)), int64(len(b)), len(rejections)}
	t.end += int64(len(a.Text) + len(b))
	return t.explain(cmp.Or(err, more))
}

// written makes what was added fit to be read, by several goroutines.
func (t *texts) written() error { return t.explain(t.out.Flush()) }

// explain says what to do about an error of the file.
func (t *texts) explain(err error) error {
	if err == nil {
		return nil
	}
	return export.ExplainWrite(t.file.Name(), err)
}

// read returns a stretch of the file.
func (t *texts) read(at, n int64) (string, error) {
	b := make([]byte, n)
	if _, err := t.file.ReadAt(b, at); err != nil {
		return "", fmt.Errorf("%s cannot be read back; run it again: %w", t.file.Name(), err)
	}
	return string(b), nil
}

// Quote is a stretch of the text of an article, "" for one that does not lie in it.
func (t *texts) Quote(id string, s record.Span) (string, error) {
	x := t.at[id]
	if s.Start < 0 || s.Start >= s.End || int64(s.End) > x.text {
		return "", nil
	}
	return t.read(x.at+int64(s.Start), int64(s.Len()))
}

// quote is Quote for those who cannot fail; the error is kept.
func (t *texts) quote(id string, s record.Span) string {
	out, err := t.Quote(id, s)
	if err != nil {
		t.mu.Lock()
		t.err = cmp.Or(t.err, err)
		t.mu.Unlock()
	}
	return out
}

// Article is the text of an article, and the numbers in it that were not taken.
func (t *texts) Article(id string) (string, []record.Rejection, error) {
	x := t.at[id]
	both, err := t.read(x.at, x.text+x.rejections)
	if err != nil {
		return "", nil, err
	}
	rest := []byte(both[x.text:])
	number := func() int {
		v, n := binary.Uvarint(rest)
		rest = rest[n:]
		return int(v)
	}
	word := func() string {
		n := number()
		s := string(rest[:n])
		rest = rest[n:]
		return s
	}
	out := make([]record.Rejection, x.n)
	for i := range out {
		out[i] = record.Rejection{ArticleID: id, Span: record.Span{Start: number(), End: number()}, Printed: word(), Reason: record.Reason(word())}
	}
	return both[:x.text], out, nil
}
