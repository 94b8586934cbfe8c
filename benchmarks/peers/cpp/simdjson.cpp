// simdjson: the value at the end. It has no way to take a text in pieces: they are collected. link: -lsimdjson
#include <simdjson.h>

#include "driver.hpp"

namespace {

void tell(simdjson::dom::element value, driver::digest& found) {
    switch (value.type()) {
        case simdjson::dom::element_type::OBJECT:
            for (auto member : simdjson::dom::object(value)) {
                found.text(member.key);
                tell(member.value, found);
            }
            found.end_object();
            break;
        case simdjson::dom::element_type::ARRAY:
            for (auto item : simdjson::dom::array(value)) tell(item, found);
            found.end_array();
            break;
        case simdjson::dom::element_type::STRING: found.text(std::string_view(value)); break;
        case simdjson::dom::element_type::INT64: found.number(static_cast<double>(std::int64_t(value))); break;
        case simdjson::dom::element_type::UINT64: found.number(static_cast<double>(std::uint64_t(value))); break;
        case simdjson::dom::element_type::DOUBLE: found.number(double(value)); break;
        case simdjson::dom::element_type::BOOL: found.literal(bool(value)); break;
        case simdjson::dom::element_type::NULL_VALUE: found.null(); break;
    }
}

void final_value(const std::string& document, std::size_t size, driver::digest& found) {
    static simdjson::dom::parser parser;
    static std::string text;
    text.clear();
    text.reserve(document.size() + simdjson::SIMDJSON_PADDING);
    for (std::size_t at = 0; at < document.size(); at += size) {
        text.append(document, at, size);
    }
    const simdjson::dom::element value = parser.parse(text);
    if (found.is_recording()) {
        tell(value, found);
    } else {
        found.word(static_cast<std::uint64_t>(value.type()));
    }
}

}  // namespace

int main() {
    const std::string name = std::string("simdjson dom ") + SIMDJSON_STRINGIFY(SIMDJSON_VERSION);
    return driver::serve("{\"name\":\"" + name + "\",\"tasks\":[\"final\"]}", {{name + "\tfinal", final_value}});
}
