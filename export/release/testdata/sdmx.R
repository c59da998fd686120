# Reads a data structure definition and the time series with rsdmx, holds the series
# against the definition, and the same data as SDMX-CSV against the series.
suppressMessages(library(rsdmx))
args <- commandArgs(TRUE)
message <- readSDMX(args[1], isURL = FALSE, verbose = FALSE)
structure <- slot(slot(message, "datastructures"), "datastructures")[[1]]
components <- as.data.frame(slot(structure, "Components"))
data <- as.data.frame(readSDMX(args[2], isURL = FALSE, verbose = FALSE))
csv <- read.csv(args[3], colClasses = "character", na.strings = "", check.names = FALSE)
faults <- 0
fault <- function(...) { cat(..., "\n"); faults <<- faults + 1 }
for (i in seq_len(nrow(components))) {
  id <- as.character(components$conceptRef[i])
  if (!id %in% names(data)) { fault("no column", id); next }
  list <- as.character(components$codelist[i])
  if (!is.na(list) && nzchar(list)) {
    codes <- as.character(as.data.frame(slot(message, "codelists"), codelistId = list)$id)
    unknown <- setdiff(data[[id]], codes)
    if (length(unknown) > 0) fault(id, "has", unknown)
  }
}
key <- as.character(components$conceptRef[components$component %in% c("Dimension", "TimeDimension")])
if (anyDuplicated(data[key])) fault("two observations have one key")
if (anyNA(suppressWarnings(as.numeric(data$OBS_VALUE[!is.na(data$OBS_VALUE)])))) fault("a value is no number")
if (!identical(csv$DATAFLOW, rep("OCOPSTAT:DF_OCOP(1.0)", nrow(data)))) fault("the CSV is of another flow")
for (id in names(data)) if (!identical(csv[[id]], as.character(data[[id]]))) fault("the CSV differs in", id)
cat(sprintf("result: %d observations, %d components, %d faults\n", nrow(data), nrow(components), faults))
