# Reads a data structure definition with rsdmx and holds an SDMX-CSV against it.
suppressMessages(library(rsdmx))
args <- commandArgs(TRUE)
message <- readSDMX(args[1], isURL = FALSE, verbose = FALSE)
structure <- slot(slot(message, "datastructures"), "datastructures")[[1]]
components <- as.data.frame(slot(structure, "Components"))
data <- read.csv(args[2], colClasses = "character", na.strings = character(), check.names = FALSE)
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
if (anyNA(suppressWarnings(as.numeric(data$OBS_VALUE[data$OBS_VALUE != ""])))) fault("a value is no number")
cat(sprintf("result: %d observations, %d components, %d faults\n", nrow(data), nrow(components), faults))
