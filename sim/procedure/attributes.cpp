// What an entity draws at its birth: attributes, and the measures that it adopts.
#include <limits>

#include "core/math.hpp"
#include "core/quantity.hpp"
#include "procedure/site.hpp"

namespace portflow::procedure {

void Site::draw_attributes(const Role& role, Entity& entity) const {
  const std::vector<AttributeDraw>& attributes = role.attributes[entity.epoch];
  for (std::size_t i = 0; i < attributes.size(); ++i) {
    const AttributeDraw& attribute = attributes[i];
    double value = 0;
    switch (attribute.kind) {
      case spec::Attribute::Kind::choice: {
        double least = std::numeric_limits<double>::infinity();
        for (std::size_t option = 0; option < attribute.weights.size(); ++option) {
          const double weight = attribute.weights[option].of(entity, entity.created, learning_);
          if (weight <= 0) continue;
          const double score = -log_of(luck(entity, attribute.points[option])) / weight;
          if (score < least) {
            least = score;
            value = static_cast<double>(option);
          }
        }
        break;
      }
      case spec::Attribute::Kind::chance:
        value = luck(entity, attribute.points[0]) <
                        attribute.chance.of(entity, entity.created, learning_)
                    ? 1
                    : 0;
        break;
      case spec::Attribute::Kind::number:
        value = carried(attribute.dimension,
                        attribute.number.of(entity).at(luck(entity, attribute.points[0])));
        break;
    }
    entity.attributes()[i] = value;
  }
}

/// Draws which measures the entity adopts, beyond those that its group has adopted, and finds the
/// graph that they make.
void Site::adopt(Entity& entity) const {
  const Role& role = model_.roles[entity.role];
  const SimTime created = entity.created;
  for (std::size_t i = 0; i < model_.adoptions.size(); ++i) {
    const Adoption& adoption = model_.adoptions[i];
    if (!adoption.where[entity.role] || created < adoption.from || created >= adoption.to) continue;
    if (!holds(*adoption.where[entity.role], entity)) continue;
    if (luck(entity, role.adoption[i]) < adoption.share.of(entity, created, learning_)) {
      entity.adopted |= std::uint64_t{1} << i;
    }
  }
  const auto& rules = role.rules[entity.epoch];
  for (std::size_t bit = 0; bit < rules.size(); ++bit) {
    entity.variant |= static_cast<std::uint16_t>((entity.adopted >> rules[bit] & 1U) << bit);
  }
}

}  // namespace portflow::procedure
