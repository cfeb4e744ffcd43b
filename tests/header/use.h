/* SPDX-License-Identifier: Apache-2.0 */
/* What every dialect of C and C++ must take: the headers, each twice, and their initialisers. */
#include "tidewaiter.h"
#include "tidewaiter_arrow.h"
#include "tidewaiter_law.h"
#include "tidewaiter_record.h"
#include "tidewaiter_refund.h"
#include "tidewaiter_substance.h"
#include "tidewaiter_timeline.h"

#include "tidewaiter.h"
#include "tidewaiter_arrow.h"
#include "tidewaiter_law.h"
#include "tidewaiter_record.h"
#include "tidewaiter_refund.h"
#include "tidewaiter_timeline.h"

static const struct tw_line line_of_no_function = TW_LINE_INIT;

/* Not 0: an initialiser does not set what its comment says. */
int use(void);
int use(void)
{
	struct tw_line line = TW_LINE_INIT;
	struct tw_options options = TW_OPTIONS_INIT;
	struct tw_typed_line typed = TW_TYPED_INIT;
	struct tw_output out = TW_OUTPUT_INIT;
	struct tw_arrow_options arrow = TW_ARROW_OPTIONS_INIT;
	struct tw_refund_options refund = TW_REFUND_OPTIONS_INIT;
	struct tw_law_query law = TW_LAW_QUERY_INIT;
	struct tw_record_query record = TW_RECORD_QUERY_INIT;
	struct tw_substance_query substance = TW_SUBSTANCE_QUERY_INIT;
	struct tw_timeline_options timeline = TW_TIMELINE_OPTIONS_INIT;
	int wrong = 0;

	wrong += line.size != sizeof line || line.shipment_value != -1 ||
		 line.shipment_retail != -1 || line.free_before != 0 || line.order_retail != -1 ||
		 line.shipment_amounts != NULL || line.shipment_amount_count != 0 ||
		 line.declared != NULL || line.declared_count != 0 ||
		 line.shipment_first != TW_TIME_MIN || line.shipment_last != TW_TIME_MIN;
	for (int i = 0; i < TW_COLUMN_COUNT; i++)
		wrong += line.column[i].at != NULL || line.column[i].length != 0;
	wrong += line_of_no_function.size != line.size;
	wrong += options.size != sizeof options || options.strict_coverage || options.no_screen ||
		 options.today != NULL || options.restore_zeros || options.no_changes ||
		 options.plans != NULL || options.deposits != NULL;
	wrong += typed.line != NULL || typed.hts != 0 || typed.entered != 0 || typed.value != -1 ||
		 typed.retail_value != -1 || typed.qty != -1 || typed.qty2 != -1 ||
		 typed.weight != -1 || typed.claims.at != NULL || typed.description.at != NULL ||
		 typed.into != 0 || typed.origin != 0 || typed.ship_from != 0 || typed.unit != 0 ||
		 typed.unit2 != 0 || typed.digits != 0 || typed.channel != 0 ||
		 typed.transport != 0 || typed.entered_is_date || typed.is_text;
	wrong += refund.size != sizeof refund || refund.filed != NULL ||
		 refund.interest_to != NULL || refund.other_payee || refund.facts != NULL ||
		 refund.fact_count != 0 || refund.upload != NULL;
	wrong += arrow.size != sizeof arrow || arrow.assess != NULL || arrow.map != NULL ||
		 arrow.set != NULL || arrow.keep != NULL || arrow.value_from != NULL ||
		 arrow.decimal != NULL || arrow.date_format != NULL || arrow.flat ||
		 arrow.daily_sum || arrow.no_shipments || arrow.whole_batches || arrow.memory != 0;
	wrong += law.size != sizeof law || law.folder != NULL || law.known_on != NULL ||
		 law.into != NULL || law.origin != NULL || law.hts != NULL || law.program != NULL ||
		 law.kind != NULL;
	wrong += record.size != sizeof record || record.what != NULL || record.series != NULL ||
		 record.series_count != 0 || record.since != NULL || record.until != NULL ||
		 record.about != NULL || record.actor != NULL || record.every != NULL;
	wrong += substance.size != sizeof substance || substance.on != NULL ||
		 substance.from != NULL || substance.into != NULL || substance.via != NULL ||
		 substance.weight != NULL || substance.concentration != NULL;
	wrong += timeline.size != sizeof timeline || timeline.from != NULL ||
		 timeline.until != NULL || timeline.today != NULL ||
		 timeline.every != TW_EVERY_STEP || timeline.one_code || timeline.announced ||
		 timeline.events;
	wrong += out.at != NULL || out.length != 0 || out.room != 0;
	wrong += TW_COUNTRY('C', 'N') != 0x434e || TW_MONEY_LIMIT != INT64_C(10000000000000000) ||
		 tw_version() == NULL;
	return wrong;
}
