// Package reconcile turns the figures of many articles into statistics: one
// value for each place, date and measure, with its support, its doubts and the
// arithmetic that speaks for or against it.
//
// The steps, each a pure function of the one before:
//
//  1. sameness: which figures claim the same thing (a cell)
//  2. choice: which of the values of a cell to prefer, and why
//  3. edits: what must hold between the cells of one place and date
//  4. solve: what follows from the edits, what breaks them, whom to blame
//  5. series and territory: the same over time and over places
//  6. decisions: what the office decided, applied last and shown
//
// A printed figure is never changed and nothing is averaged. The order of the
// input never matters: everything is sorted before it is used.
package reconcile
