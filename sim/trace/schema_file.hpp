/// \file schema_file.hpp
/// The schema in a file: attributes and name lists for people and scripts, and one JSON text
/// from which it is read back exactly.
#pragma once

#include <hdf5.h>

#include <string>

#include "trace/schema.hpp"
#include "trace/writer.hpp"

namespace portflow::trace {

/// What the root attribute `format` says.
inline constexpr const char* format_name = "portflow-trace";

/// The schema as JSON, without scenario_text and without what is known only at the end.
[[nodiscard]] std::string to_json(const Schema& schema);

/// \throws nlohmann::json::exception where `text` is no such JSON.
[[nodiscard]] Schema schema_from_json(const std::string& text);

/// Writes root attributes, /scenario_text, /measures, /schema and /dictionary.
/// \throws FileError (disk)
void write_schema(hid_t file, const Schema& schema, Detail level);

/// Overwrites what only the end of a run knows. \throws FileError (disk)
void stamp(hid_t file, const std::string& fingerprint, std::uint64_t events, SimTime until);

/// What the attribute `detail` says. \throws FileError (input)
[[nodiscard]] Detail read_detail(hid_t file);

/// \param bytes  size of the file: no text in it can be larger
/// \throws FileError (input) where the file is foreign, newer or damaged
[[nodiscard]] Schema read_schema(hid_t file, std::uint64_t bytes);

}  // namespace portflow::trace
