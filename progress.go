package ocopstat

import "os"

// Progress is how far a run has come with reading, or that it does something else.
type Progress struct {
	Doing       Stage
	Done, Total int64 // bytes of archive files, or documents of folders
	Read        int   // documents of this stage that no earlier run has read
}

// Stage is what a run does.
type Stage string

// The stages of a run.
const (
	ReadingArchive Stage = "reading the archive"
	ReadingFiles   Stage = "reading documents"
	Reconciling    Stage = "reconciling"
	Writing        Stage = "writing"
)

// progress tells somebody how far a run has come.
type progress struct {
	tell func(Progress) // nil for nobody
	now  Progress
	base int64 // of Done, where the present file begins
}

// stage begins a stage.
func (p *progress) stage(doing Stage, total int64) {
	p.now, p.base = Progress{Doing: doing, Total: total}, 0
	p.show()
}

// document has been read; it begins at an offset of its file.
func (p *progress) document(offset int64, kept bool) {
	if p.now.Doing == ReadingFiles {
		p.now.Done++
	} else {
		p.now.Done = p.base + offset
	}
	if !kept {
		p.now.Read++
	}
	p.show()
}

// file is done.
func (p *progress) file(name string) {
	p.base += sizeOf(name)
	p.now.Done = p.base
	p.show()
}

func (p *progress) show() {
	if p.tell != nil {
		p.tell(p.now)
	}
}

// sizeOf is the size of a file, 0 where it has none of its own.
func sizeOf(name string) int64 {
	info, err := os.Stat(name)
	if err != nil {
		return 0
	}
	return info.Size()
}
