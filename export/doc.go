// Package export turns the tables of a run into files that people open: an
// Excel workbook for a coordination office, Parquet and CSV for researchers. It
// only shows what the tables hold; nothing is computed here that changes a
// number.
package export
