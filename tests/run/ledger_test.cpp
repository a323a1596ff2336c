// Ledgers of money and of risk: what is booked, and sums worked by hand.
#include <gmock/gmock.h>

#include <map>

#include "analysis/from_trace.hpp"
#include "run/support.hpp"

namespace portflow::run_test {
namespace {

/// Three lots of AEOs and two of others on Monday, each worth 1,000 CNY; those of others are
/// opened. Of what nobody opens 0.2 and 1 % is missed; a twentieth of the worth of every other lot
/// is lost.
constexpr const char* port = R"(portflow: 1
name: ledgers
horizon: {from: 2024-01-01, to: 2024-01-02, follow: 1 d}
confidence: assumption
facilities:
  desk: {kind: station, resources: {clerk: {servers: 1}}}
demand:
  aeos:
    creates: lot
    arrivals: {timetable: {mon: ["08:00", "09:00", "10:00"]}}
    procedure: clear
    attributes: {chosen: {chance: 0 %}, credit: {choice: {aeo: 100 %, ordinary: 0 %}}, worth: {number: 1000 CNY, unit: CNY}, parcels: {number: 400, unit: "1"}, stay: {number: 6 h, unit: h}}
  others:
    creates: lot
    arrivals: {timetable: {mon: ["08:30", "09:30"]}}
    procedure: clear
    attributes: {chosen: {chance: 100 %}, credit: {choice: {aeo: 0 %, ordinary: 100 %}}, worth: {number: 1000 CNY, unit: CNY}, parcels: {number: 400, unit: "1"}, stay: {number: 6 h, unit: h}}
procedures:
  clear:
    for: lot
    steps:
      open: {at: desk, when: chosen, takes: 1 h, marks: opened}
      release:
        at: desk
        after: open
        takes: 1 min
        costs:
          - {item: fee, amount: 10.50 CNY, payer: trader, payee: port}
          - {item: duty, amount: 7.5 %, of: worth, payer: trader, payee: state}
          - {item: storage, amount: 1440 CNY, per: 1 d, since: opened, payer: trader, payee: port}
        risks:
          - {item: missed, amount: {by: credit, aeo: 0.2 %, ordinary: 1 %}, bearer: state, when: not opened}
          - {item: lost, unit: CNY, amount: 5 %, of: worth, bearer: buyer, when: credit == ordinary}
          - {item: broken, amount: 0.0001, of: parcels, bearer: buyer}
          - {item: fine, unit: CNY, amount: {if: opened, then: 20 CNY, else: 30 CNY}, bearer: trader}
          - {item: hold, unit: h, amount: 1.5 h, bearer: trader, when: opened}
          - {item: late, unit: h, amount: stay, bearer: trader}
          - {item: never, amount: 50 %, bearer: state, when: false}
          - {item: spoilt, amount: {by: credit, aeo: 100 %, ordinary: 75 %}, per: 1 h, since: opened, bearer: buyer}
kpis:
  fees: {ledger: {of: lot, items: [fee]}, statistic: sum, unit: CNY, better: lower}
  money: {ledger: {of: lot}, statistic: sum, unit: CNY, better: lower}
  paid_to_state: {ledger: {of: lot, payee: state}, statistic: sum, unit: CNY, better: lower}
  missed: {ledger: {of: lot, book: risks, items: [missed]}, statistic: sum, unit: "1", better: lower, by: [credit]}
  missed_each: {ledger: {of: lot, book: risks, items: [missed]}, unit: "%", better: lower}
  lost: {ledger: {of: lot, book: risks, items: [lost]}, statistic: sum, unit: CNY, better: lower}
  broken: {ledger: {of: lot, book: risks, items: [broken]}, statistic: sum, unit: "1", better: lower}
  events: {ledger: {of: lot, book: risks, items: [missed, broken, never]}, statistic: sum, unit: "1", better: lower}
  traders: {ledger: {of: lot, book: risks, items: [fine, lost], bearer: trader}, statistic: sum, unit: CNY, better: lower}
  hold: {ledger: {of: lot, book: risks, items: [hold]}, statistic: sum, unit: min, better: lower}
  hours: {ledger: {of: lot, book: risks, items: [hold, late]}, statistic: sum, unit: h, better: lower}
  never: {ledger: {of: lot, book: risks, items: [never]}, statistic: sum, unit: "1", better: lower}
  storage: {ledger: {of: lot, items: [storage]}, statistic: sum, unit: CNY, better: lower}
  spoilt: {ledger: {of: lot, book: risks, items: [spoilt]}, statistic: sum, unit: "1", better: lower}
)";

/// By name, of KPIs that have a value.
std::map<std::string, double> values(const kpi::Results& results) {
  std::map<std::string, double> out;
  for (const kpi::Figure& figure : results.figures) {
    if (figure.value) out[figure.name] = *figure.value;
  }
  return out;
}

class Ledgers : public testing::Test {
 protected:
  std::shared_ptr<const run::Prepared> prepared() {
    run::Request request;
    request.scenario = scratch_.write("port.yaml", port);
    return run_test::prepare(request);
  }
  Scratch scratch_{"ledgers"};
};

TEST_F(Ledgers, AddUpAsByHand) {
  const auto made = prepared();
  ASSERT_NE(made, nullptr);
  auto sum = values(run_test::run_one(*made).results);
  EXPECT_EQ(sum["fees"], 52.5);  // 5 x 10.50
  EXPECT_EQ(sum["money"],
            52.5 + 375 + 2);  // ... and 7.5 % of 5 x 1,000, and storage: no risk is in it
  EXPECT_EQ(sum["paid_to_state"], 375);
  EXPECT_EQ(sum["missed"], 0.006);  // 3 x 0.2 %; both others were opened
  EXPECT_EQ(sum["missed.aeo"], 0.006);
  EXPECT_EQ(sum["missed.ordinary"], 0);
  EXPECT_EQ(sum["missed_each"], 0.6 / 5);      // of all lots, in percent
  EXPECT_EQ(sum["lost"], 100);                 // 2 x 5 % of 1,000
  EXPECT_EQ(sum["broken"], 0.2);               // 5 x 400 x 0.0001
  EXPECT_EQ(sum["events"], 0.206);             // events of two kinds, and none of the third
  EXPECT_EQ(sum["traders"], 3 * 30 + 2 * 20);  // the buyer's loss is not the trader's
  EXPECT_EQ(sum["hold"], 180);                 // 2 x 1.5 h
  EXPECT_EQ(sum["hours"], 33);                 // ... and 5 x 6 h
  EXPECT_EQ(sum["never"], 0);
  EXPECT_EQ(sum["storage"], 2);     // a minute at 1,440 CNY a day, of both that were opened
  EXPECT_EQ(sum["spoilt"], 0.025);  // a minute at three quarters an hour
}

TEST_F(Ledgers, SayInTheRecordWhatTheyCount) {
  const auto made = prepared();
  ASSERT_NE(made, nullptr);
  const auto items = made->schema(0).items;
  const auto find = [&](const std::string& name) {
    return *std::ranges::find(items, name, &trace::LedgerItem::name);
  };
  EXPECT_EQ(find("fee"), (trace::LedgerItem{"fee", "CNY", "trader", "port", "costs", ""}));
  EXPECT_EQ(find("missed"), (trace::LedgerItem{"missed", "1", "", "", "risks", "state"}));
  EXPECT_EQ(find("hold"), (trace::LedgerItem{"hold", "h", "", "", "risks", "trader"}));
}

TEST_F(Ledgers, GiveTheSameOnAnyThreadsAndFromTheTrace) {
  const auto made = prepared();
  ASSERT_NE(made, nullptr);
  const auto one = values(run_test::run_one(*made).results);
  analysis::RunOne threaded;
  threaded.threads = 4;
  EXPECT_EQ(values(run_test::run_one(*made, threaded).results), one);
  const std::string file = scratch_.path("run.h5");
  analysis::RunOne traced;
  traced.trace = analysis::TraceFile{.path = file, .level = trace::Detail::kpi};
  const auto run = run_test::run_one(*made, traced);
  const auto read = analysis::from_trace(file);
  ASSERT_TRUE(read) << text_of(read.error());
  ASSERT_EQ(read->kpis.size(), run.results.figures.size());
  for (std::size_t i = 0; i < read->kpis.size(); ++i) {
    EXPECT_EQ(read->kpis[i].heading, run.results.figures[i]) << run.results.figures[i].name;
  }
}

TEST_F(Ledgers, OfRisksChangeNothingThatHappens) {
  const auto with = prepared();
  std::string without = port;
  const auto from = without.find("        risks:");
  without.erase(from, without.find("kpis:") - from);
  without.erase(without.find("  missed: {ledger"));
  run::Request request;
  request.scenario = scratch_.write("without.yaml", without);
  const auto plain = run_test::prepare(request);
  ASSERT_NE(with, nullptr);
  ASSERT_NE(plain, nullptr);
  EXPECT_EQ(run_test::run_one(*with).outcome.fingerprint,
            run_test::run_one(*plain).outcome.fingerprint);
}

/// A measure edits a line by its item, and by date.
TEST_F(Ledgers, AreEditedByMeasures) {
  run::Request request;
  request.scenario = scratch_.write("port.yaml", port);
  request.measures = {scratch_.write("change.yaml", R"(id: change
title: {zh: 改, en: change}
starts: 2024-01-01 09:00:30
effects:
  - {edit: procedures.clear.steps.release.risks.missed.amount.aeo, was: 0.2 %, set: 0.5 %}
  - {edit: procedures.clear.steps.release.risks.hold.amount, scale: 2}
)")};
  const auto made = run_test::prepare(request);
  ASSERT_NE(made, nullptr);
  auto sum = values(run_test::run_one(*made).results);
  // As any number it is read when the step starts: at 08:00 and 09:00 before it, at 10:00 after.
  EXPECT_EQ(sum["missed"], 0.009);
  EXPECT_EQ(sum["hold"], 360);
}

TEST_F(Ledgers, OfOneItemKeepTheirMeaning) {
  run::Request request;
  request.scenario = scratch_.write("port.yaml", port);
  request.measures = {scratch_.write("change.yaml", R"(id: change
title: {zh: 改, en: change}
starts: 2024-01-01 12:00
effects:
  - {edit: procedures.clear.steps.release.risks.missed.bearer, set: nobody}
)")};
  const auto refused = run::prepare(request);
  ASSERT_FALSE(refused);
  EXPECT_THAT(text_of(refused.error()), testing::HasSubstr("`missed`"));
}

}  // namespace
}  // namespace portflow::run_test
