// What the drivers of C++ have in common. First a line that says who is there; then, for each line "peer TAB task TAB file TAB chunk TAB milliseconds TAB field"
// of the input, one with what the peer needed. Times are processor time of the thread.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <fstream>
#include <functional>
#include <iostream>
#include <iterator>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace driver {

// FNV-1a of words of 64 bits and of texts with their length: the same digest as that of the caller. Nothing is told while it is timed.
class digest {
public:
    explicit digest(bool is_recording) : is_recording_(is_recording) {}

    void text(std::string_view utf8) {
        sum_ += utf8.size();
        if (!is_recording_) return;
        mix(utf8.size());
        for (unsigned char c : utf8) value_ = (value_ ^ c) * prime;
    }

    void number(double value) {
        std::uint64_t bits;
        std::memcpy(&bits, &value, sizeof bits);
        word(bits);
    }

    void word(std::uint64_t word) {
        sum_ += word;
        if (is_recording_) mix(word);
    }

    void literal(bool value) { word(value ? 5 : 6); }
    void null() { word(7); }
    void end_object() { word('}'); }
    void end_array() { word(']'); }
    bool is_recording() const { return is_recording_; }
    std::uint64_t value() const { return value_; }
    std::uint64_t sum() const { return sum_; }

private:
    static constexpr std::uint64_t prime = 1099511628211u;

    void mix(std::uint64_t word) {
        for (int i = 0; i < 8; i++) value_ = (value_ ^ ((word >> (8 * i)) & 0xff)) * prime;
    }

    bool is_recording_;
    std::uint64_t value_ = 14695981039346656037u;
    std::uint64_t sum_ = 0;
};

// Reads the document in chunks of so many bytes.
using task = std::function<void(const std::string& document, std::size_t size, digest& found)>;

inline std::int64_t now() {
    timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return time.tv_sec * 1'000'000'000LL + time.tv_nsec;
}

inline volatile std::uint64_t sink;

inline std::string measure(const task& run, const std::string& path, std::size_t chunk, std::int64_t budget) {
    std::ifstream file(path, std::ios::binary);
    const std::string document{std::istreambuf_iterator<char>(file), {}};
    const std::size_t size = chunk == 0 ? document.size() : chunk;
    digest found(true);
    try {
        run(document, size, found);
    } catch (const std::exception&) {
        return "{\"error\":\"it does not read the document\"}";
    }

    std::vector<std::int64_t> samples;
    const std::int64_t end = now() + budget;
    do {
        digest quiet(false);
        const std::int64_t start = now();
        run(document, size, quiet);
        samples.push_back(now() - start);
        sink = quiet.sum();
    } while (now() < end && samples.size() < 20'000);

    std::nth_element(samples.begin(), samples.begin() + samples.size() / 2, samples.end());
    char hex[17];
    std::snprintf(hex, sizeof hex, "%016llx", static_cast<unsigned long long>(found.value()));
    return "{\"ns\":" + std::to_string(samples[samples.size() / 2]) + ",\"digest\":\"" + hex + "\",\"brokenOff\":false}";
}

// The tasks of one library, by "peer TAB task".
inline int serve(const std::string& peers, const std::map<std::string, task>& tasks) {
    std::cout << "{\"runtime\":\"C++, g++ " << __VERSION__ << "\",\"peers\":[" << peers << "]}" << std::endl;
    std::string line;
    while (std::getline(std::cin, line)) {
        std::istringstream fields(line);
        std::string peer, name, path, chunk, milliseconds;
        std::getline(fields, peer, '\t');
        std::getline(fields, name, '\t');
        std::getline(fields, path, '\t');
        std::getline(fields, chunk, '\t');
        std::getline(fields, milliseconds, '\t');
        std::cout << measure(tasks.at(peer + "\t" + name), path, std::stoul(chunk), std::stoll(milliseconds) * 1'000'000) << std::endl;
    }

    return 0;
}

}  // namespace driver
