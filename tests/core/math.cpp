#include "core/math.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

#include "core/hash.hpp"

namespace portflow {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// |found - right| as a part of |right|.
double relative_error(double found, double right) {
  return right == 0 ? std::abs(found) : std::abs(found - right) / std::abs(right);
}

TEST(Math, LogAgreesWithTheLibraryOverAllMagnitudes) {
  double worst = 0;
  for (int e = -1060; e <= 1020; ++e) {
    for (int i = 0; i < 40; ++i) {
      const double x = std::ldexp(1 + i / 40.0 + 1e-3, e);
      worst = std::max(worst, relative_error(log_of(x), std::log(x)));
    }
  }
  for (int i = -200'000; i <= 200'000; ++i) {
    const double x = 1 + i * 2e-6;
    worst = std::max(worst, relative_error(log_of(x), std::log(x)));
  }
  EXPECT_LT(worst, 1e-15);
}

TEST(Math, LogAtTheEdges) {
  EXPECT_EQ(log_of(1), 0);
  EXPECT_EQ(log_of(infinity), infinity);
  EXPECT_EQ(log_of(0), -infinity);
  EXPECT_TRUE(std::isnan(log_of(-1)));
  EXPECT_LT(relative_error(log_of(5e-324), std::log(5e-324)), 1e-15);
}

TEST(Math, ExpAgreesWithTheLibrary) {
  double worst = 0;
  for (double x = -708; x < 709.7; x += 0.0137) {
    worst = std::max(worst, relative_error(exp_of(x), std::exp(x)));
  }
  for (double x = -1; x < 1; x += 1.3e-5) {
    worst = std::max(worst, relative_error(exp_of(x), std::exp(x)));
  }
  EXPECT_LT(worst, 1e-15);
}

TEST(Math, ExpAtTheEdges) {
  EXPECT_EQ(exp_of(0), 1);
  EXPECT_EQ(exp_of(-746), 0);
  EXPECT_EQ(exp_of(710), infinity);
  EXPECT_EQ(exp_of(infinity), infinity);
  EXPECT_EQ(exp_of(-infinity), 0);
  EXPECT_TRUE(std::isnan(exp_of(std::nan(""))));
  EXPECT_NEAR(exp_of(-740), 4.2e-322, 1e-322);
  EXPECT_LT(relative_error(exp_of(709.78), 1.7928227943945155e308), 1e-14);
}

struct Known {
  double p;
  double value;
};

// By root finding with 40 digits (mpmath) on the distribution function at the double p.
TEST(Math, InverseNormalMeetsKnownValues) {
  constexpr Known known[] = {
      {1e-300, -37.047096299361199237},   {1e-100, -21.273453560965324294},
      {1e-20, -9.2623400897984075796},    {1e-10, -6.3613409024040561991},
      {1e-5, -4.2648907939228246102},     {0.001, -3.0902323061678135354},
      {0.02425, -1.9729610513118848376},  {0.074, -1.4466320671589785099},
      {0.076, -1.4325027208258116188},    {0.25, -0.6744897501960817432},
      {0.49, -0.025068908258711058033},   {0.500001, 2.5066282747057051991e-6},
      {0.6, 0.25334710313579974132},      {0.9, 1.2815515655446005935},
      {0.925, 1.4395314709384562291},     {0.99, 2.3263478740408407676},
      {0.9999999, 5.1993375822906610937},
  };
  for (const auto& [p, value] : known) {
    EXPECT_LT(relative_error(inverse_normal(p), value), 1e-14) << p;
  }
  EXPECT_EQ(inverse_normal(0.5), 0);
}

TEST(Math, InverseNormalRisesAndIsOdd) {
  double before = -infinity;
  for (int i = 1; i < 100'000; ++i) {
    const double p = i / 131072.0;  // exact, and so is 1 - p
    const double x = inverse_normal(p);
    ASSERT_GT(x, before);
    ASSERT_DOUBLE_EQ(x, -inverse_normal(1 - p));
    before = x;
  }
}

struct KnownGamma {
  double shape;
  double p;
  double value;
};

// By root finding with 40 digits (mpmath) on the nearer tail at the doubles shape and p.
TEST(Math, InverseGammaMeetsKnownValues) {
  constexpr KnownGamma known[] = {
      {0.05, 1e-12, 5.84463205728667664e-241},
      {0.05, 0.001, 5.84463205728654695e-61},
      {0.05, 0.3, 2.03789718873266439e-11},
      {0.05, 0.5, 5.57387844074624752e-7},
      {0.05, 0.75, 0.00185673568384625132},
      {0.05, 0.999, 2.73645859872867559},
      {0.05, 0.9999999999, 17.2980409249807573},
      {0.3, 1e-12, 6.97269909640933717e-41},
      {0.3, 0.001, 6.97269909678334466e-11},
      {0.3, 0.3, 0.0127266577699487009},
      {0.3, 0.5, 0.0731311358669518955},
      {0.3, 0.75, 0.342899460814576337},
      {0.3, 0.999, 4.61893604279133345},
      {0.3, 0.9999999999, 19.8066367671916378},
      {0.5, 1e-12, 7.85398163397448278e-25},
      {0.5, 0.001, 7.85398574631244972e-7},
      {0.5, 0.3, 0.074235930916272719},
      {0.5, 0.5, 0.227468211559786376},
      {0.5, 0.75, 0.661651848465732975},
      {0.5, 0.999, 5.41378308533136532},
      {0.5, 0.9999999999, 20.9107281014913945},
      {1, 1e-12, 1.00000000000049998e-12},
      {1, 0.001, 0.00100050033358353352},
      {1, 0.3, 0.356674943938732363},
      {1, 0.5, 0.693147180559945309},
      {1, 0.75, 1.38629436111989062},
      {1, 0.999, 6.90775527898213616},
      {1, 0.9999999999, 23.0258508472000893},
      {1.5, 1e-12, 1.20899397135901789e-8},
      {1.5, 0.001, 0.0121487929078463668},
      {1.5, 0.3, 0.711826121517639768},
      {1.5, 0.5, 1.18298694218766913},
      {1.5, 0.75, 2.05417246781615842},
      {1.5, 0.999, 8.13311809811906452},
      {1.5, 0.9999999999, 24.7710778793832161},
      {2, 1e-12, 1.41421422904019382e-6},
      {2, 0.001, 0.0454020177694895573},
      {2, 0.3, 1.09734921070349162},
      {2, 0.5, 1.67834699001666065},
      {2, 0.75, 2.69263452888969577},
      {2, 0.999, 9.23341347645158475},
      {2, 0.9999999999, 26.3339815196485402},
      {4.5, 1e-12, 0.00519651043823461553},
      {4.5, 0.001, 0.57597477311178208},
      {4.5, 0.3, 3.19665298223765567},
      {4.5, 0.5, 4.1714163461264769},
      {4.5, 0.75, 5.69437572023518514},
      {4.5, 0.999, 13.9385824356282856},
      {4.5, 0.9999999999, 32.9088965862730032},
      {9.99, 1e-12, 0.29238205962670664},
      {9.99, 0.001, 2.95532088109705758},
      {9.99, 0.3, 8.12377514979322578},
      {9.99, 0.5, 9.65871673789234645},
      {9.99, 0.75, 11.9027612507848593},
      {9.99, 0.999, 22.6424894176619924},
      {9.99, 0.9999999999, 44.6082739669133893},
      {10, 1e-12, 0.29346037331774014},
      {10, 0.001, 2.96052037274375958},
      {10, 0.3, 8.13292824250639144},
      {10, 0.5, 9.66871461471413115},
      {10, 0.75, 11.9138460215154293},
      {10, 0.999, 22.6573733090629293},
      {10, 0.9999999999, 44.6278571141014991},
      {25, 1e-12, 3.91594585705988977},
      {25, 0.001, 12.3369526359386312},
      {25, 0.3, 22.156653488661999},
      {25, 0.5, 24.6674683669884176},
      {25, 0.75, 28.1668024610661905},
      {25, 0.999, 43.3304075952015676},
      {25, 0.9999999999, 70.9219016794294593},
      {100, 1e-12, 44.8860220300176142},
      {100, 0.001, 71.9213974950004073},
      {100, 0.3, 94.5242993588807179},
      {100, 0.5, 99.6668649193154887},
      {100, 0.75, 106.551092526976431},
      {100, 0.999, 133.770263911378594},
      {100, 0.9999999999, 177.300504521103157},
      {1234.5, 1e-12, 1003.25746377477624},
      {1234.5, 0.001, 1128.76657731849949},
      {1234.5, 0.3, 1215.8360848882813},
      {1234.5, 0.5, 1234.16668267227901},
      {1234.5, 0.75, 1258.01333645203775},
      {1234.5, 0.999, 1345.93246413883551},
      {1234.5, 0.9999999999, 1471.32736626760119},
      {1000000, 1e-12, 992981.669184646573},
      {1000000, 0.001, 996912.617319815194},
      {1000000, 0.3, 999475.357917235959},
      {1000000, 0.5, 999999.66666668642},
      {1000000, 0.75, 1000674.307939725},
      {1000000, 0.999, 1003093.08236985447},
      {1000000, 0.9999999999, 1006374.50234963424},
  };
  for (const auto& [shape, p, value] : known) {
    EXPECT_LT(relative_error(inverse_gamma(shape, p), value), 1e-11) << shape << " at " << p;
  }
}

TEST(Math, InverseGammaRises) {
  for (const double shape : {0.02, 0.4, 1.0, 3.3, 9.999, 10.0, 57.0, 5000.0}) {
    double before = -1;
    for (int i = 1; i < 2000; ++i) {
      const double x = inverse_gamma(shape, i / 2000.0);
      ASSERT_TRUE(x > before || (x == 0 && before == 0)) << shape << " at " << i;
      before = x;
    }
  }
}

TEST(Math, InverseGammaOfTheSmallestQuantiles) {
  for (const double shape : {0.001, 0.5, 1.0, 20.0, 1e5}) {
    EXPECT_GE(inverse_gamma(shape, 0x1p-53), 0) << shape;
    EXPECT_TRUE(std::isfinite(inverse_gamma(shape, 1 - 0x1p-53))) << shape;
  }
  EXPECT_EQ(inverse_gamma(0.001, 0x1p-53), 0);  // about 1e-15955
}

// Draws must have the same bits with every compiler and on every processor.
TEST(Math, BitsAreGolden) {
  std::uint64_t bits = 0;
  const auto add = [&](double x) { bits = chain(bits, std::bit_cast<std::uint64_t>(x)); };
  for (int i = 1; i < 4096; ++i) {
    const double p = i / 4096.0;
    add(log_of(p));
    add(exp_of(p * 40 - 20));
    add(inverse_normal(p));
    add(inverse_gamma(0.3 + i % 30, p));
  }
  EXPECT_EQ(bits, 0xcb3e971b94ba808dULL);
}

}  // namespace
}  // namespace portflow
