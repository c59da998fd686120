# The first and third question of README.md, asked of the SDMX files with rsdmx.
suppressMessages(library(rsdmx))
args <- commandArgs(TRUE)
areas <- as.data.frame(slot(readSDMX(args[1], isURL = FALSE, verbose = FALSE), "codelists"), codelistId = "CL_AREA")
stock <- as.data.frame(readSDMX(args[2], isURL = FALSE, verbose = FALSE))
stock <- subset(stock, grepl("^63_P", REF_AREA) & SUBJECT == "product" & UNIT_MEASURE == "count" & MOVEMENT == "stock" & PLAN == "actual" &
  PRODUCER == "_T" & FACET == "_T" & QUALIFIER == "EQ" & grepl("-12-31$", TIME_PERIOD) & !(STARS == "_T" & OBS_STATUS == "U"))
stock$place <- areas$label.vi[match(stock$REF_AREA, areas$id)]
stock$year <- substr(stock$TIME_PERIOD, 1, 4)
show <- function(rows) { write.csv(rows, row.names = FALSE, quote = FALSE); cat("\n") }

all <- subset(stock, STARS == "_T")
all <- all[order(all$REF_AREA, all$year), ]
all$quality <- c(A = "firm", P = "single", U = "doubtful")[all$OBS_STATUS]
show(all[!duplicated(all$REF_AREA, fromLast = TRUE), c("place", "year", "OBS_VALUE", "quality", "N_SOURCES")])

both <- merge(all, subset(stock, STARS == "4"), by = c("REF_AREA", "place", "year"), suffixes = c("", ".four"))
both$share <- sprintf("%.1f", 100 * as.numeric(both$OBS_VALUE.four) / as.numeric(both$OBS_VALUE))
show(both[order(both$REF_AREA, both$year), c("place", "year", "OBS_VALUE", "OBS_VALUE.four", "share")])
