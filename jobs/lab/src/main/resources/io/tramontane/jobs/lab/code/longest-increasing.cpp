#include <bits/stdc++.h>
using namespace std;

int main() {
    int n, m;
    scanf("%d %d", &n, &m);
    vector<int> tails;
    set<long long> seen;
    for (int i = 0; i < m; i++) {
        long long a, b, w;
        scanf("%lld %lld %lld", &a, &b, &w);
        int value = int(a * 31 + b * 17 + w);
        auto place = lower_bound(tails.begin(), tails.end(), value);
        if (place == tails.end()) tails.push_back(value);
        else *place = value;
        seen.insert(value);
    }
    printf("%zu %zu\n", tails.size(), seen.size());
}
