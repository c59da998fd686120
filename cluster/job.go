package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem"
	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem/s3" // gs:// and local files come with beamx
	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"

	"ocopstat"
	"ocopstat/ingest/archive"
	"ocopstat/record"
)

// job is what is made of some WARC files, and where it goes.
//
// An element of the job is a file, and a file is read by one worker: to find
// where a record starts takes unpacking all before it, and Beam's object stores
// give no parts of a file. Common Crawl's files have 1 GB at most, and a crawl has
// tens of thousands of them.
type job struct {
	Out     string // of the readings
	Letters string // of what could not be read
	Jobs    int    // goroutines of one file
}

func (j job) letters() string { return cmp.Or(j.Letters, join(j.Out, "dead-letters.jsonl")) }

// What the job counts.
const (
	filesRead     = "files"
	articlesRead  = "articles"
	figuresRead   = "figures"
	recordsUnread = "problems"
)

// pipeline reads the files, each for itself.
func (j job) pipeline(files []string) *beam.Pipeline {
	p, s := beam.NewPipelineWithRoot()
	names := beam.Reshuffle(s, beam.CreateList(s, files)) // so that each file may go to another worker
	letters := beam.ParDo(s, &readFile{Out: j.Out, Jobs: j.Jobs}, names)
	beam.ParDo0(s, &writeLetters{File: j.letters()}, beam.Impulse(s), beam.SideInput{Input: letters})
	return p
}

func init() { // Beam wants to know them before flags are parsed
	register.DoFn3x1[context.Context, string, func(string), error](&readFile{})
	register.DoFn3x1[context.Context, []byte, func(*string) bool, error](&writeLetters{})
	register.Emitter1[string]()
	register.Iter1[string]()
}

// expand lists the files of paths and patterns, sorted, each once. Local ones may be
// folders. Nothing at a path is an error: better now than from a cluster.
func expand(ctx context.Context, patterns []string) ([]string, error) {
	var out []string
	for _, pattern := range patterns {
		store, err := filesystem.New(ctx, pattern)
		if err != nil {
			return nil, err
		}
		found, err := store.List(ctx, pattern)
		if err == nil && !remote(pattern) {
			found, err = archive.Files(found...)
		}
		if err := errors.Join(err, store.Close()); err != nil {
			return nil, fmt.Errorf("%s: %w", pattern, err)
		}
		if len(found) == 0 {
			return nil, fmt.Errorf("%s: there is no such file; check the name, and that the shell left the pattern to this program", pattern)
		}
		out = append(out, found...)
	}
	if len(out) == 0 {
		return nil, errors.New("no WARC file was named; see --help")
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

// remote reports an address in an object store, whatever its scheme.
func remote(name string) bool { return strings.Contains(name, "://") }

// join is a name in a folder or under a prefix.
func join(dir, name string) string {
	if remote(dir) {
		return strings.TrimSuffix(dir, "/") + "/" + name
	}
	return filepath.Join(dir, name)
}

// letter is a line of the dead letters: a record that could not be read.
type letter struct {
	File     string `json:"file"`   // as the job was given it
	Offset   int64  `json:"offset"` // of the record in it, as archive.Damage counts
	Document string `json:"document"`
	Reason   string `json:"reason"`
}

// readFile reads a WARC file, keeps its reading and emits letters, as JSON.
type readFile struct {
	Out  string
	Jobs int
}

// ProcessElement fails where another try may help; what cannot be read at all is a
// letter.
func (f *readFile) ProcessElement(ctx context.Context, file string, emit func(string)) error {
	shards, letters, err := f.read(ctx, file)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	count(ctx, filesRead, len(shards))
	for _, s := range shards {
		count(ctx, articlesRead, s.Articles)
		count(ctx, figuresRead, s.Figures)
	}
	count(ctx, recordsUnread, len(letters))
	for _, l := range letters {
		l.File = file
		line, err := json.Marshal(l)
		if err != nil {
			return err
		}
		emit(string(line))
	}
	return nil
}

func count(ctx context.Context, name string, n int) {
	beam.NewCounter("ocopstat", name).Inc(ctx, int64(n))
}

// read makes the readings of a file where they are to stand, or here first when
// that is an object store.
func (f *readFile) read(ctx context.Context, file string) (shards []ocopstat.Shard, letters []letter, err error) {
	temp, err := os.MkdirTemp("", "ocopstat-")
	if err != nil {
		return nil, nil, err
	}
	defer os.RemoveAll(temp)
	local, out := file, f.Out
	if remote(file) {
		local = filepath.Join(temp, path.Base(file))
		if gone, err := fetch(ctx, file, local); gone || err != nil {
			return nil, []letter{{Reason: "no such file"}}, err
		}
	}
	if remote(out) {
		out = filepath.Join(temp, "readings")
	}
	shards, problems, err := ocopstat.ReadArchives(ctx, out, f.Jobs, local)
	if err != nil {
		return nil, nil, err
	}
	for _, s := range shards {
		for _, u := range s.Unread {
			letters = append(letters, letter{Offset: u.Offset, Document: u.Name, Reason: u.Reason})
		}
	}
	if len(shards) == 0 {
		for _, problem := range problems {
			var p record.Problem
			if !errors.As(problem, &p) {
				return nil, nil, problem
			}
			letters = append(letters, letter{Document: filepath.Base(p.Name), Reason: p.Reason})
		}
	}
	if !remote(f.Out) {
		return shards, letters, nil
	}
	for _, s := range shards {
		if err := send(ctx, filepath.Join(out, s.Name), join(f.Out, s.Name)); err != nil {
			return nil, nil, err
		}
	}
	return shards, letters, nil
}

// fetch copies a file of an object store; gone reports one that is not there.
func fetch(ctx context.Context, from, to string) (gone bool, err error) {
	store, err := filesystem.New(ctx, from)
	if err != nil {
		return false, err
	}
	defer store.Close()
	if found, err := store.List(ctx, from); err == nil && len(found) == 0 {
		return true, nil
	}
	r, err := store.OpenRead(ctx, from)
	if err != nil {
		return false, err
	}
	defer r.Close()
	w, err := os.Create(to)
	if err != nil {
		return false, err
	}
	_, err = io.Copy(w, r)
	return false, errors.Join(err, w.Close())
}

// send copies a reading to an object store. The list of its files comes last: a
// reading without it is not used.
func send(ctx context.Context, from, to string) error {
	store, err := filesystem.New(ctx, to)
	if err != nil {
		return err
	}
	defer store.Close()
	entries, err := os.ReadDir(from)
	if err != nil {
		return err
	}
	last := func(e os.DirEntry) int { return strings.Count(e.Name(), ocopstat.ReadingList) }
	slices.SortStableFunc(entries, func(a, b os.DirEntry) int { return last(a) - last(b) })
	for _, e := range entries {
		b, err := os.ReadFile(filepath.Join(from, e.Name()))
		if err != nil {
			return err
		}
		if err := filesystem.Write(ctx, store, join(to, e.Name()), b); err != nil {
			return err
		}
	}
	return nil
}

// writeLetters writes all letters to one file, sorted. Without any the file is
// empty.
type writeLetters struct{ File string }

// ProcessElement takes the letters as they come from the workers.
func (w *writeLetters) ProcessElement(ctx context.Context, _ []byte, next func(*string) bool) error {
	var lines []string
	for line := ""; next(&line); {
		lines = append(lines, line+"\n")
	}
	slices.Sort(lines)
	store, err := filesystem.New(ctx, w.File)
	if err != nil {
		return err
	}
	defer store.Close()
	return filesystem.Write(ctx, store, w.File, []byte(strings.Join(lines, "")))
}

// counted are the counts of a job that is done.
func counted(done beam.PipelineResult) map[string]int64 {
	out := map[string]int64{}
	if done == nil {
		return out
	}
	for _, c := range done.Metrics().Query(func(r beam.MetricResult) bool { return r.Namespace() == "ocopstat" }).Counters() {
		out[c.Name()] += c.Result()
	}
	return out
}
