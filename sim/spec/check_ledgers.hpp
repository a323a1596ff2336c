/// \file check_ledgers.hpp
/// Whether what KPIs add up is booked, and adds up.
#pragma once

#include "spec/validate.hpp"

namespace portflow::spec {

/// Checks a mention of kind item, party or ledger.
void check_booked(const World& world, Notes& notes, const Mention& mention);

/// Every item is one thing: all its lines are of one ledger, one unit and the same parties.
void check_ledgers(const World& world, Notes& notes);

}  // namespace portflow::spec
