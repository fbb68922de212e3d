#include <bits/stdc++.h>
using namespace std;

struct Entry {
    string word;
    int count;
};

int main() {
    int n, m;
    cin >> n >> m;
    map<string, int> counts;
    for (int i = 0; i < m; i++) {
        string a, b, c;
        cin >> a >> b >> c;
        counts[a]++;
        counts[b + "," + c]++;
    }
    vector<Entry> entries;
    for (auto& [word, count] : counts) entries.push_back({word, count});
    sort(entries.begin(), entries.end(), [](const Entry& x, const Entry& y) {
        return tie(y.count, x.word) < tie(x.count, y.word);
    });
    for (size_t i = 0; i < entries.size() && i < 10; i++) {
        cout << entries[i].word << ' ' << entries[i].count << '\n';
    }
}
