package ocopstat

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"

	"ocopstat/ingest"
	"ocopstat/ingest/article"
	"ocopstat/record"
)

// Read captures one input and reads its article. An input that cannot be used,
// or holds no article, gives an ingest.Problem; any other error is the context's.
func Read(ctx context.Context, in ingest.Input) (a record.Article, err error) {
	defer func() {
		if p := recover(); p != nil { // a library broke on a hostile document
			slog.ErrorContext(ctx, "the reader broke", "input", in.Name, "panic", p, "stack", string(debug.Stack()))
			err = ingest.Problem{Name: in.Name, Reason: fmt.Sprintf("broke the reader (%v)", p),
				Advice: "please report it with the document"}
		}
	}()
	c, err := in.Capture(ctx)
	if err != nil {
		return record.Article{}, err
	}
	a, err = article.Read(ctx, c)
	var rejected *article.Rejected
	switch {
	case err == nil:
		return a, nil
	case errors.As(err, &rejected):
		return record.Article{}, ingest.Problem{Name: in.Name, Reason: rejected.Reason, Advice: rejected.Advice}
	case ctx.Err() != nil:
		return record.Article{}, ctx.Err()
	}
	return record.Article{}, ingest.Problem{Name: in.Name, Reason: err.Error(), Advice: "try another copy of the document"}
}
