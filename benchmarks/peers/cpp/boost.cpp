// Boost.JSON: stream_parser for the value at the end, basic_parser with a handler for every value when it is whole. link: -lboost_json
#include <boost/json.hpp>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/version.hpp>

#include "driver.hpp"

namespace json = boost::json;

namespace {

struct handler {
    static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);

    driver::digest* found = nullptr;
    std::string text;

    bool on_document_begin(json::error_code&) { return true; }
    bool on_document_end(json::error_code&) { return true; }
    bool on_object_begin(json::error_code&) { return true; }
    bool on_object_end(std::size_t, json::error_code&) { found->end_object(); return true; }
    bool on_array_begin(json::error_code&) { return true; }
    bool on_array_end(std::size_t, json::error_code&) { found->end_array(); return true; }
    bool on_key_part(json::string_view, std::size_t, json::error_code&) { return true; }
    bool on_key(json::string_view, std::size_t, json::error_code&) { return true; }
    bool on_string_part(json::string_view part, std::size_t, json::error_code&) { text.append(part.data(), part.size()); return true; }
    bool on_string(json::string_view part, std::size_t, json::error_code&) {
        if (text.empty()) {
            found->text({part.data(), part.size()});
        } else {
            text.append(part.data(), part.size());
            found->text(text);
            text.clear();
        }
        return true;
    }
    bool on_number_part(json::string_view, json::error_code&) { return true; }
    bool on_int64(std::int64_t value, json::string_view, json::error_code&) { found->number(static_cast<double>(value)); return true; }
    bool on_uint64(std::uint64_t value, json::string_view, json::error_code&) { found->number(static_cast<double>(value)); return true; }
    bool on_double(double value, json::string_view, json::error_code&) { found->number(value); return true; }
    bool on_bool(bool value, json::error_code&) { found->literal(value); return true; }
    bool on_null(json::error_code&) { found->null(); return true; }
    bool on_comment_part(json::string_view, json::error_code&) { return true; }
    bool on_comment(json::string_view, json::error_code&) { return true; }
};

void events(const std::string& document, std::size_t size, driver::digest& found) {
    json::basic_parser<handler> parser{json::parse_options{}};
    parser.handler().found = &found;
    json::error_code error;
    for (std::size_t at = 0; at < document.size(); at += size) {
        const std::size_t length = std::min(size, document.size() - at);
        parser.write_some(at + length < document.size(), document.data() + at, length, error);
        if (error) throw std::runtime_error(error.message());
    }
}

void tell(const json::value& value, driver::digest& found) {
    switch (value.kind()) {
        case json::kind::object:
            for (const auto& member : value.get_object()) {
                found.text({member.key().data(), member.key().size()});
                tell(member.value(), found);
            }
            found.end_object();
            break;
        case json::kind::array:
            for (const auto& item : value.get_array()) tell(item, found);
            found.end_array();
            break;
        case json::kind::string: found.text({value.get_string().data(), value.get_string().size()}); break;
        case json::kind::int64: found.number(static_cast<double>(value.get_int64())); break;
        case json::kind::uint64: found.number(static_cast<double>(value.get_uint64())); break;
        case json::kind::double_: found.number(value.get_double()); break;
        case json::kind::bool_: found.literal(value.get_bool()); break;
        case json::kind::null: found.null(); break;
    }
}

// A monotonic resource is what its documentation advises for values that are only read.
void final_value(const std::string& document, std::size_t size, driver::digest& found) {
    static std::vector<unsigned char> memory(8 << 20);
    json::monotonic_resource resource(memory.data(), memory.size());
    json::stream_parser parser(&resource);
    for (std::size_t at = 0; at < document.size(); at += size) {
        parser.write(document.data() + at, std::min(size, document.size() - at));
    }
    parser.finish();
    const json::value value = parser.release();
    if (found.is_recording()) {
        tell(value, found);
    } else {
        found.word(static_cast<std::uint64_t>(value.kind()));
    }
}

}  // namespace

int main() {
    const std::string version = " " + std::to_string(BOOST_VERSION / 100000) + "." + std::to_string(BOOST_VERSION / 100 % 1000);
    const std::string stream = "Boost.JSON stream_parser" + version;
    const std::string basic = "Boost.JSON basic_parser" + version;
    return driver::serve(
        "{\"name\":\"" + basic + "\",\"tasks\":[\"events\"]},{\"name\":\"" + stream + "\",\"tasks\":[\"final\"]}",
        {{basic + "\tevents", events}, {stream + "\tfinal", final_value}});
}
