// yajl: every value when it is whole; it checks UTF-8. link: -lyajl
#include <yajl/yajl_parse.h>
#include <yajl/yajl_version.h>

#include <cstdlib>

#include "driver.hpp"

namespace {

driver::digest& found(void* context) { return *static_cast<driver::digest*>(context); }

// Numbers come as their text: only those who ask for the value pay for it, as with the other peers.
int on_number(void* context, const char* text, std::size_t length) {
    if (found(context).is_recording()) {
        found(context).number(std::strtod(std::string(text, length).c_str(), nullptr));
    } else {
        found(context).word(length);
    }
    return 1;
}

const yajl_callbacks callbacks = {
    [](void* context) { found(context).null(); return 1; },
    [](void* context, int value) { found(context).literal(value != 0); return 1; },
    nullptr,
    nullptr,
    on_number,
    [](void* context, const unsigned char* text, std::size_t length) { found(context).text({reinterpret_cast<const char*>(text), length}); return 1; },
    [](void*) { return 1; },
    [](void*, const unsigned char*, std::size_t) { return 1; },
    [](void* context) { found(context).end_object(); return 1; },
    [](void*) { return 1; },
    [](void* context) { found(context).end_array(); return 1; },
};

void events(const std::string& document, std::size_t size, driver::digest& digest) {
    const yajl_handle parser = yajl_alloc(&callbacks, nullptr, &digest);
    yajl_status status = yajl_status_ok;
    for (std::size_t at = 0; at < document.size() && status == yajl_status_ok; at += size) {
        status = yajl_parse(parser, reinterpret_cast<const unsigned char*>(document.data()) + at, std::min(size, document.size() - at));
    }
    status = status == yajl_status_ok ? yajl_complete_parse(parser) : status;
    yajl_free(parser);
    if (status != yajl_status_ok) throw std::runtime_error("yajl");
}

}  // namespace

int main() {
    const std::string name = "yajl " + std::to_string(YAJL_MAJOR) + "." + std::to_string(YAJL_MINOR) + "." + std::to_string(YAJL_MICRO);
    return driver::serve("{\"name\":\"" + name + "\",\"tasks\":[\"events\"]}", {{name + "\tevents", events}});
}
